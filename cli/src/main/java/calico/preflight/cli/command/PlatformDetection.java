package calico.preflight.cli.command;

import calico.preflight.catalog.target.Platform;
import calico.preflight.cli.console.UserException;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.HostFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells the platform from what is installed on the host. */
final class PlatformDetection {

    private static final String OPENSTACK = "openstack.packages";
    private static final String OPENSHIFT = "openshift.version";
    private static final String KUBELET = "kubernetes.kubelet";
    private static final String KUBERNETES = "kubernetes.version";

    /** The facts that tell. */
    static final Set<String> FACTS = Set.of(OPENSTACK, OPENSHIFT, KUBELET, KUBERNETES);

    private PlatformDetection() {}

    /**
     * The one platform that the host shows. OpenShift has a kubelet too, and is not Kubernetes for that.
     *
     * @throws UserException if it shows none or several
     */
    static Platform of(HostFacts facts) {
        Map<Platform, String> shown = new LinkedHashMap<>();
        if (holds(facts, OPENSTACK)) {
            shown.put(Platform.OPENSTACK, "OpenStack packages");
        }
        if (holds(facts, OPENSHIFT)) {
            shown.put(Platform.OPENSHIFT, "OpenShift in os-release");
        } else if (holds(facts, KUBELET) || holds(facts, KUBERNETES)) {
            shown.put(Platform.KUBERNETES, "a kubelet");
        }
        if (shown.size() == 1) {
            return shown.keySet().iterator().next();
        }
        String why = shown.isEmpty()
                ? "the host shows no platform (" + whatWasMissed(facts) + ")"
                : "the host shows several platforms (" + String.join(", ", shown.values()) + ")";
        throw new UserException(why + "; say which is meant: --platform kubernetes, openshift, openstack or host.");
    }

    private static boolean holds(HostFacts facts, String name) {
        Optional<FactValue> value = facts.get(name).known();
        return value.isPresent()
                && !(value.get() instanceof FactValue.Table table
                        && table.entries().isEmpty());
    }

    private static String whatWasMissed(HostFacts facts) {
        List<String> unknown = new ArrayList<>();
        for (String name : FACTS.stream().sorted().toList()) {
            if (facts.get(name).isUnknown()) {
                unknown.add(name);
            }
        }
        return "no OpenStack packages, no OpenShift, no kubelet"
                + (unknown.isEmpty() ? "" : unknown.stream().collect(Collectors.joining(", ", "; unknown: ", "")));
    }
}
