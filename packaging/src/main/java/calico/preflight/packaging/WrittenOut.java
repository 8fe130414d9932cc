package calico.preflight.packaging;

/** A kind of call for which the JVM writes code when it comes to it first, and the code that does the same from the start. */
interface WrittenOut {

    /** Is this the kind of calls that this bootstrap method of Java's links? */
    boolean isLinkedBy(String owner, String name);

    /**
     * Writes the code.
     *
     * @return a static method that takes and returns what the call does
     * @throws UnusualException if the call is better left as it is; nothing was written then
     */
    Target write(CallSite site);

    /**
     * What to call instead.
     *
     * @param owner the class of the method
     * @param isInterface whether that is an interface
     * @param method its name
     */
    record Target(String owner, boolean isInterface, String method) {}
}
