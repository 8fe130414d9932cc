package calico.preflight.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The manifest says what Kubernetes knows, and what its container runs gives the findings of the ordinary script. No cluster
 * is needed: the container is made as a runtime makes one, of a mount namespace with a root of its own.
 */
@Timeout(300)
class KubernetesManifestTest {

    private static final Path MANIFEST = Run.HOME.resolve("deploy/kubernetes/collect.yaml");

    private static final Map<String, Class<? extends HasMetadata>> KINDS =
            Map.of("v1/Namespace", Namespace.class, "apps/v1/DaemonSet", DaemonSet.class);

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** The model keeps what it does not know for later; here it is to be refused. */
    private static final ObjectMapper STRICT = new ObjectMapper()
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                @Override
                public Boolean hasAnySetter(Annotated member) {
                    return false;
                }
            })
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    @TempDir
    private Path directory;

    private static List<HasMetadata> objects(String manifest) throws IOException {
        List<HasMetadata> objects = new ArrayList<>();
        for (JsonNode document :
                YAML.readerFor(JsonNode.class).<JsonNode>readValues(manifest).readAll()) {
            String kind = document.path("apiVersion").asText() + "/"
                    + document.path("kind").asText();
            assertThat(KINDS).containsKey(kind);
            objects.add(STRICT.treeToValue(document, KINDS.get(kind)));
        }
        return objects;
    }

    private static PodSpec pod() throws IOException {
        return objects(Files.readString(MANIFEST)).stream()
                .filter(DaemonSet.class::isInstance)
                .map(DaemonSet.class::cast)
                .findFirst()
                .orElseThrow()
                .getSpec()
                .getTemplate()
                .getSpec();
    }

    @Test
    void every_field_of_the_manifest_is_one_that_kubernetes_knows() throws IOException {
        assertThat(objects(Files.readString(MANIFEST)))
                .extracting(HasMetadata::getFullResourceName)
                .containsExactly("namespaces", "daemonsets.apps");
    }

    @Test
    void a_field_that_kubernetes_does_not_know_is_refused_however_deep() throws IOException {
        String manifest = Files.readString(MANIFEST);

        for (String field : List.of("hostPID", "readOnlyRootFilesystem", "mountPath", "matchLabels", "sizeLimit")) {
            assertThat(manifest).contains(field + ":");
            assertThatThrownBy(() -> objects(manifest.replace(field + ":", field + "s:")))
                    .isInstanceOf(UnrecognizedPropertyException.class)
                    .hasMessageContaining("\"" + field + "s\"");
        }
    }

    @Test
    void volumes_are_there_selectors_match_and_nothing_of_the_node_can_be_written() throws IOException {
        DaemonSet set = (DaemonSet) objects(Files.readString(MANIFEST)).get(1);
        PodSpec pod = pod();
        List<Container> containers = new ArrayList<>(pod.getInitContainers());
        containers.addAll(pod.getContainers());

        assertThat(set.getSpec().getTemplate().getMetadata().getLabels())
                .containsAllEntriesOf(set.getSpec().getSelector().getMatchLabels());
        assertThat(pod.getVolumes())
                .extracting("name")
                .containsExactlyInAnyOrderElementsOf(mounts(containers).stream()
                        .map(VolumeMount::getName)
                        .distinct()
                        .toList());
        List<String> ofTheNode = pod.getVolumes().stream()
                .filter(volume -> volume.getHostPath() != null)
                .map(volume -> volume.getName())
                .toList();
        assertThat(mounts(containers))
                .filteredOn(mount -> ofTheNode.contains(mount.getName()))
                .hasSize(1)
                .allSatisfy(mount -> assertThat(mount.getReadOnly()).isTrue());
        assertThat(containers).allSatisfy(container -> {
            assertThat(container.getImage()).matches("[^:]+:[0-9]+[.][0-9]+[.][0-9]+-musl");
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue();
            assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                    .isFalse();
            assertThat(container.getSecurityContext().getCapabilities().getDrop())
                    .containsExactly("ALL");
            assertThat(container.getResources().getLimits()).containsOnlyKeys("cpu", "memory");
        });
        assertThat(pod.getServiceAccountName()).isNull();
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    }

    private static List<VolumeMount> mounts(List<Container> containers) {
        return containers.stream()
                .flatMap(container -> container.getVolumeMounts().stream())
                .toList();
    }

    @Test
    void what_the_container_runs_gives_the_findings_of_the_ordinary_script() throws Exception {
        Path ordinary = directory.resolve("ordinary.tar.gz");
        Path script = script();
        SshdHost.run(List.of("sh", script.toString(), ordinary.toString()));

        Path captured = runContainer("/");

        assertThat(findings(captured)).isEqualTo(findings(ordinary)).hasSizeGreaterThan(20);
        assertThat(host(captured)).isEqualTo(host(ordinary));
    }

    @Test
    void a_node_that_has_no_shell_gives_its_capture_too() throws Exception {
        Path node = Files.createDirectories(directory.resolve("node"));
        for (String name : List.of("proc", "sys", "dev", "tmp", "etc")) {
            Files.createDirectories(node.resolve(name));
        }
        Files.writeString(node.resolve("etc/os-release"), "ID=talos\nVERSION_ID=v1.11.0\n");

        Path captured = runContainer(node.toString());

        assertThat(host(captured).path("distribution").asText()).isEqualTo("talos v1.11.0");
        assertThat(host(captured).path("kernelRelease").asText())
                .isEqualTo(
                        Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip());
        assertThat(node.resolve("tmp")).isEmptyDirectory();
    }

    private Path script() throws IOException {
        return Files.writeString(
                directory.resolve("collect.sh"),
                Run.of("collect", "--print-script").out());
    }

    /** Runs what the manifest says in a container of busybox, and gives the capture. */
    private Path runContainer(String node) throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root, who alone makes containers");
        assumeTrue(Files.isExecutable(Path.of("/bin/busybox")), "needs busybox");
        Container collect = pod().getInitContainers().get(0);
        Path container = Files.createDirectories(directory.resolve("container"));
        Path captures = Files.createDirectories(directory.resolve("captures"));
        script();
        Path making = directory.resolve("make-container.sh");
        Files.writeString(
                making,
                new String(
                        KubernetesManifestTest.class
                                .getResourceAsStream("make-container.sh")
                                .readAllBytes(),
                        StandardCharsets.UTF_8));
        List<String> command = new ArrayList<>(List.of(
                "unshare",
                "--mount",
                "sh",
                making.toString(),
                node,
                container.toString(),
                directory.resolve("collect.sh").toString(),
                captures.toString(),
                collect.getSecurityContext().getCapabilities().getAdd().stream()
                        .map(name -> "+" + name.toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(","))));
        collect.getEnv().forEach(variable -> command.add(variable.getName() + "=" + variable.getValue()));
        command.addAll(collect.getCommand());
        assertThat(SshdHost.run(command)).isEmpty();
        return captures.resolve("capture.tar.gz");
    }

    private static JsonNode report(Path capture) throws IOException {
        Run run = Run.of(
                "check", "--calico", "3.28", "--platform", "kubernetes", "--source", capture.toString(), "-o", "json");
        return new ObjectMapper().readTree(run.out());
    }

    private static JsonNode host(Path capture) throws IOException {
        JsonNode host = report(capture).path("host");
        return ((ObjectNode) host.deepCopy()).without("source");
    }

    private static Map<String, String> findings(Path capture) throws IOException {
        Map<String, String> findings = new TreeMap<>();
        for (JsonNode finding : report(capture).path("findings")) {
            findings.put(
                    finding.path("id").asText(),
                    finding.path("outcome").asText() + ": "
                            + finding.path("reason").asText());
        }
        return findings;
    }
}
