package calico.preflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PacksDocTest {

    private static final String PAGE =
            Run.of("packs", "doc", "calico-3.16", "--platform", "openstack").out();

    /**
     * What the requirements page of v3.16 for OpenStack says of each requirement, in the words that its reader must find in
     * the row.
     */
    private static final Map<String, List<String>> SAID = Map.ofEntries(
            Map.entry("architecture", List.of("x86-64")),
            Map.entry("kernel-version", List.of("3.10 or newer")),
            Map.entry("distribution", List.of("rhel 7", "ubuntu 16.04", "ubuntu 18.04", "centos 7", "known-to-work")),
            Map.entry("distribution-satisfies-kernel", List.of("listed distribution", "kernel dependencies")),
            Map.entry("interface-management/cali*", List.of("nothing but Calico manages cali")),
            Map.entry("interface-management/tunl*", List.of("tunl", "`ipip`")),
            Map.entry("interface-management/vxlan.calico", List.of("vxlan.calico", "`vxlan`")),
            Map.entry(
                    "network-manager", List.of("NetworkManager is absent, or leaves", "cali", "tunl", "vxlan.calico")),
            Map.entry("datastore/etcd", List.of("etcd", "v3 API")),
            Map.entry("datastore/type", List.of("datastore is etcd")),
            Map.entry("datastore/etcd-members", List.of("Several etcd members in production", "recommended")),
            Map.entry(
                    "port/bgp", List.of("TCP 179", "BGP", "between all hosts", "both ways", "networking is `calico`")),
            Map.entry("port/ipip", List.of("protocol 4", "between all hosts", "both ways", "`ipip`")),
            Map.entry("port/vxlan", List.of("UDP 4789", "between all hosts", "both ways", "`vxlan`")),
            Map.entry("port/typha", List.of("TCP 5473, unless set otherwise", "to the typha hosts", "typha is `true`")),
            Map.entry("port/flannel-vxlan", List.of("UDP 4789", "all hosts", "both ways", "networking is `flannel`")),
            Map.entry("port/kube-apiserver", List.of("TCP 443 or 6443, unless set otherwise", "apiserver hosts")),
            Map.entry("port/etcd", List.of("TCP 2379, unless set otherwise", "etcd hosts", "datastore is `etcd`")),
            Map.entry("port/ipip-direct", List.of("directly", "without IP-in-IP")),
            Map.entry("privilege/CAP_SYS_ADMIN", List.of("CAP_SYS_ADMIN")),
            Map.entry("openstack/python3", List.of("Python 3")),
            Map.entry("openstack/other-releases", List.of("master", "earlier release", "Python 3", "operating system")),
            Map.entry("openstack/release", List.of("Ussuri or newer", "recommended")),
            Map.entry("kernel-module/ip_tables", List.of("ipFamily is `ipv4`")),
            Map.entry("kernel-module/ip6_tables", List.of("ipFamily is `ipv6`")),
            Map.entry("kernel-module/xt_icmp", List.of("ipFamily is `ipv4`")),
            Map.entry("kernel-module/xt_icmp6", List.of("ipFamily is `ipv6`")),
            Map.entry("kernel-module/ipip", List.of("networking is `calico`")));

    @Test
    void the_page_holds_every_fact_of_the_documented_one() throws IOException {
        JsonNode documented = new YAMLMapper()
                .readTree(Run.HOME
                        .resolve("engine/src/test/resources/seed-page-v3.16-openstack.yaml")
                        .toFile());
        Set<String> asked = new TreeSet<>(documented.path("states").findValuesAsText("requirement"));

        assertThat(asked).hasSizeGreaterThan(40).containsAll(SAID.keySet());
        for (String id : asked) {
            assertThat(row(id)).as(id).isPresent();
            if (id.startsWith("kernel-module/")) {
                assertThat(row(id)).hasValueSatisfying(row -> assertThat(row)
                        .contains(id.substring("kernel-module/".length()), "`must`"));
            } else {
                assertThat(SAID).containsKey(id);
            }
            assertThat(SAID.getOrDefault(id, List.of())).as(id).allSatisfy(words -> assertThat(row(id).orElseThrow())
                    .contains(words));
        }
        for (JsonNode usual : documented.path("defaults")) {
            assertThat(PAGE)
                    .contains("| `" + usual.path("option").asText() + "` | `"
                            + usual.path("value").asText() + "` |");
        }
    }

    @Test
    void it_says_what_to_do_how_the_privilege_is_given_and_where_it_all_comes_from() {
        assertThat(PAGE)
                .contains(
                        "`privilege/CAP_SYS_ADMIN`: Where it is not so: Run Calico as root or in a privileged container")
                .contains("(<https://docs.tigera.io/archive/v3.16/getting-started/openstack/requirements>)")
                .contains("### Kernel dependencies")
                .contains("CONFIG_IP_SET");
    }

    @Test
    void every_requirement_of_every_pack_has_its_row() throws IOException {
        for (String platform : List.of("kubernetes", "openstack", "host", "openshift")) {
            String page = Run.of("packs", "doc", "3.32", "--platform", platform, "--profile=practical")
                    .out();
            JsonNode pack = new YAMLMapper()
                    .readTree(Run.of("packs", "show", "3.32", "--platform", platform, "--profile=practical", "-o=yaml")
                            .out());
            assertThat(pack.path("requirements")).hasSizeGreaterThan(20);
            for (JsonNode requirement : pack.path("requirements")) {
                String id = requirement.path("id").asText();
                assertThat(page.lines().filter(line -> line.startsWith("| **") && line.contains(" `" + id + "` |")))
                        .as("%s on %s", id, platform)
                        .hasSize(1);
            }
        }
    }

    @Test
    void the_practical_profile_says_what_advisories_make_of_a_requirement() {
        String practical = Run.of("packs", "doc", "3.16", "--platform=openstack", "--profile=practical")
                .out();

        assertThat(practical).contains("`kernel-module/xt_u32`: In practice (`KI-xt-u32`): ");
        assertThat(PAGE).doesNotContain("KI-xt-u32");
    }

    @Test
    void further_options_leave_only_what_applies() {
        String page = Run.of("packs", "doc", "3.16", "--platform=openstack", "--encapsulation=vxlan")
                .out();

        assertThat(page).contains("`port/vxlan` |").doesNotContain("`port/ipip` |");
    }

    @Test
    void as_html_it_is_one_file_with_the_same_rows(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("page.html");

        Run run =
                Run.of("packs", "doc", "3.16", "--platform=openstack", "-o", "html", "--output-file", file.toString());

        String html = Files.readString(file);
        assertThat(run.exit()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(html)
                .startsWith("<!DOCTYPE html>\n<html lang=\"en\">")
                .contains("<code>interface-management/cali*</code>", "nothing but Calico manages cali*")
                .contains("<a href=\"#kernel-dependencies\">Kernel dependencies</a>", "<h3 id=\"kernel-dependencies\">")
                .doesNotContain("<script", "<link", "src=", "@import", "url(");
        assertThat(html.lines().filter(line -> line.startsWith("<tr><th scope=\"row\"><strong>")))
                .hasSameSizeAs(
                        PAGE.lines().filter(line -> line.startsWith("| **")).toList());
    }

    private static Optional<String> row(String id) {
        return PAGE.lines()
                .filter(line -> line.startsWith("| ") && line.contains(" `" + id + "` |"))
                .findFirst();
    }
}
