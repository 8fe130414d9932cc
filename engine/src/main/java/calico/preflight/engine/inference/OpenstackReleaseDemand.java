package calico.preflight.engine.inference;

import java.util.List;

/**
 * The check kind {@code openstack-release}.
 *
 * @param minimum the oldest release
 * @param tested the releases that were tested
 */
public record OpenstackReleaseDemand(String id, String fact, String minimum, List<String> tested) implements Demand {}
