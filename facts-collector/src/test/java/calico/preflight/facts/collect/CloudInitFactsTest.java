package calico.preflight.facts.collect;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Flag;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cloud-init does when an interface comes or goes, by the files of hosts that are laid out here. */
class CloudInitFactsTest {

    private static final String RULES = "/etc/udev/rules.d/";
    private static final String HOOK = """
            ACTION!="add|remove", GOTO="cloudinit_end"
            %sLABEL="cloudinit_hook"
            SUBSYSTEM=="net", RUN+="/usr/lib/cloud-init/hook-hotplug"
            LABEL="cloudinit_end"
            """;

    @TempDir
    Path directory;

    private Root image() {
        return new Root(directory).withDirectory("/etc");
    }

    private static Observed<FactValue> hotplug(Root root) {
        return new CloudInitCollector()
                .collect(new Look(root.host()), CollectionOptions.none())
                .get(0)
                .observed();
    }

    @Test
    void a_rule_for_every_interface_has_it_react_to_those_of_workloads() {
        Root root = image().with(RULES + "10-cloud-init-hook-hotplug.rules", String.format(HOOK, ""));

        assertThat(hotplug(root))
                .isEqualTo(Observed.known(new Flag(true), Origin.of(RULES + "10-cloud-init-hook-hotplug.rules")));
    }

    @Test
    void a_rule_for_the_drivers_of_a_cloud_does_not() {
        Root root = image().with(
                        RULES + "90-cloud-init-hook-hotplug.rules",
                        String.format(
                                HOOK,
                                "ENV{ID_NET_DRIVER}==\"ena\", GOTO=\"cloudinit_hook\"\nGOTO=\"cloudinit_end\"\n"));

        assertThat(hotplug(root).known()).contains(new Flag(false));
    }

    @Test
    void a_host_without_a_rule_does_not() {
        assertThat(hotplug(image()).known()).contains(new Flag(false));
        assertThat(hotplug(new Root(directory.resolve("kernel")).withDirectory("/boot"))
                        .isUnknown())
                .isTrue();
    }

    @Test
    void an_image_that_tells_it_to_may_after_its_first_start() {
        Root root = image().with("/usr/lib/systemd/system/cloud-init-local.service", "")
                .with("/etc/cloud/cloud.cfg", "updates:\n  network:\n    when: [boot, hotplug]\n");
        assertThat(hotplug(root)).isInstanceOfSatisfying(Observed.Unknown.class, unknown -> assertThat(unknown.origin())
                .isEqualTo(new Origin("/etc/cloud/cloud.cfg", 3)));

        root.with("/etc/cloud/cloud.cfg.d/99.cfg", "updates: {network: {when: []}}\n");
        assertThat(hotplug(root).known()).contains(new Flag(false));
    }
}
