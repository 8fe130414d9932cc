package calico.preflight.facts.datastore;

/** Texts of strangers on their way into facts. */
final class Words {

    private static final int LONGEST = 200;

    private Words() {}

    /** One line, not too long. */
    static String line(String text) {
        String line = text.strip().replaceAll("[\\p{Cntrl}\\s]+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
