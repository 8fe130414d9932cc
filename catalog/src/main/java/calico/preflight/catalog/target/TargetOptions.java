package calico.preflight.catalog.target;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The options of a target by the names that packs give them, and the values of each. */
public final class TargetOptions {

    /** Option name to its values, in the order of {@link Target#options()}; no values: any word, as for features. */
    public static final Map<String, List<String>> VALUES = values();

    private TargetOptions() {}

    /** The platform of this name. */
    public static Optional<Platform> platform(String label) {
        return Stream.of(Platform.values())
                .filter(platform -> platform.label().equals(label))
                .findFirst();
    }

    private static Map<String, List<String>> values() {
        List<String> flag = List.of("true", "false");
        Map<String, List<String>> values = new LinkedHashMap<>();
        values.put("networking", labels(Networking.values()));
        values.put("encapsulation", labels(Encapsulation.values()));
        values.put("role", labels(Role.values()));
        values.put("dataplane", labels(Dataplane.values()));
        values.put("datastore", labels(Datastore.values()));
        values.put("ipFamily", labels(IpFamily.values()));
        values.put("bgp", labels(Bgp.values()));
        values.put("typha", flag);
        values.put("wireguard", flag);
        values.put("kubeProxy", labels(KubeProxy.values()));
        values.put("feature", List.of());
        values.put("profile", labels(Profile.values()));
        return Collections.unmodifiableMap(values);
    }

    private static List<String> labels(TargetValue[] values) {
        return Stream.of(values).map(TargetValue::label).toList();
    }
}
