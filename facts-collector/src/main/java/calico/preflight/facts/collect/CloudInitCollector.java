package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.CloudInitSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Does cloud-init react to network interfaces that come and go? */
public final class CloudInitCollector implements Collector {

    private static final String HOTPLUG = "cloud-init.hotplug";

    /** The rule that cloud-init writes for udev; until version 24.1 it had the first name (its cc_install_hotplug). */
    private static final List<String> RULES = List.of(
            "/etc/udev/rules.d/10-cloud-init-hook-hotplug.rules", "/etc/udev/rules.d/90-cloud-init-hook-hotplug.rules");

    /** A rule that asks for the driver is for the cards of a cloud, and no device that is made by software. */
    private static final String DRIVER = "ID_NET_DRIVER";

    @Override
    public Set<String> facts() {
        return Set.of(HOTPLUG);
    }

    @Override
    public List<Fact> collect(Look look, CollectionOptions options) {
        return List.of(Look.fact(HOTPLUG, hotplug(look)));
    }

    private static Observed<FactValue> hotplug(Look look) {
        for (String path : RULES) {
            Observed<String> rule = look.text(path);
            if (!(rule instanceof Observed.Absent<String>)) {
                return rule.map(text -> new FactValue.Flag(!text.contains(DRIVER)));
            }
        }
        if (!look.isDirectory("/etc")) {
            return Observed.unknown("there is no /etc to look at", Origin.of(RULES.get(0)));
        }
        Observed<CloudInitSettings> settings = new CloudInitFiles(look).whenStarted();
        if (settings instanceof Observed.Unknown<CloudInitSettings> unknown) {
            return Observed.unknown(unknown.why(), unknown.origin());
        }
        Optional<Origin> told = settings.known().flatMap(CloudInitSettings::hotplug);
        return told.isPresent()
                ? Observed.unknown(
                        "cloud-init is told to, and does so where the cloud that the host starts in supports it",
                        told.get())
                : Look.flag(false, Origin.of(RULES.get(0)));
    }
}
