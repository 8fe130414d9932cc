/**
 * The words of the rules: the small records that stand in a Drools session, and the machinery that puts them there, lets
 * the rules fire and keeps track of which rule led where. The records hold no logic; what follows from them is said in
 * {@code rules/inference/*.drl}.
 */
@NullMarked
package calico.preflight.engine.inference;

import org.jspecify.annotations.NullMarked;
