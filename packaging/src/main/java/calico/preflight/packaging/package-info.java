/**
 * What must class files be like for the JVM to keep them? Whoever starts the program wants its classes ready in the JVM's
 * archive. What others compiled long ago cannot be kept there as it is, and what the JVM itself writes when a lambda, a record or
 * a joined text is met first, it writes at each start. {@link calico.preflight.packaging.Main} is the step of the build that
 * writes the jars anew; nothing of it is installed.
 */
@NullMarked
package calico.preflight.packaging;

import org.jspecify.annotations.NullMarked;
