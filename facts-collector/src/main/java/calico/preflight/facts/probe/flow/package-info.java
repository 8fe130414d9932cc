/**
 * Real packets between two hosts. The two ends prove to each other that they hold the same key; then one sends what the
 * other listens for, and the listener says over the control connection whether it arrived.
 */
@NullMarked
package calico.preflight.facts.probe.flow;

import org.jspecify.annotations.NullMarked;
