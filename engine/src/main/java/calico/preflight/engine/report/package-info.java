/** What came out: findings, each with its evidence, its source and the rules that led there. */
@NullMarked
package calico.preflight.engine.report;

import org.jspecify.annotations.NullMarked;
