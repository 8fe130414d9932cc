package calico.preflight.facts.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import calico.preflight.facts.HostFacts;
import calico.preflight.facts.collect.CollectionOptions;
import calico.preflight.facts.collect.HostCollector;
import calico.preflight.facts.parse.Secrets;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No secret leaves the host: what is planted here must not be found in a capture, in any of the ways it can be written. */
class SecretsInCapturesTest {

    private static final String PLANTED = "PLANTED";

    private static final Map<String, String> FILES = new TreeMap<>(Map.of(
            "etc/rancher/k3s/config.yaml", """
                    token: PLANTED-1
                    agent-token: "PLANTED-2"
                    cluster-cidr: 10.55.0.0/16
                    datastore-endpoint: postgres://user:PLANTED-3@db/k3s
                    mirror: https://user:PLANTED/60@h@PLANTED,61@mirror:5000,https://a:PLANTED-62@b/c
                    secrets:
                      - PLANTED-4
                    password: |
                      PLANTED-5
                      PLANTED-6
                    kube-apiserver-arg:
                      - "oidc-client-secret=PLANTED-7"
                      - service-node-port-range=30000-32767
                    """,
            "etc/systemd/system/k3s.service", """
                    [Service]
                    Environment="K3S_TOKEN=PLANTED 8"
                    Environment=K3S_DATASTORE_ENDPOINT=user:PLANTED/63@tcp(db:3306)/k3s
                    ExecStartPre=curl -H 'Authorization: Bearer PLANTED-64' --header "Proxy-Authorization: Basic PLANTED-65" http://x
                    Environment=HTTP_PROXY=http://me:PLANTED-9@proxy
                    ExecStart=/usr/local/bin/k3s \\
                        server \\
                        '--token' \\
                        'PLANTED-10' \\
                        '--service-cidr' \\
                        '10.56.0.0/16' \\
                        --agent-token PLANTED-11 --datastore-cafile=/x --etcd-s3-secret-key=PLANTED-12 --disable traefik
                    """,
            "etc/cni/net.d/10-calico.conflist", """
                    {"name": "k8s", "plugins": [{"type": "calico", "mtu": 1440, "etcd_key": "PLANTED-\\"13", "etcd_cert": "-",
                      "policy": {"type": "k8s", "k8s_auth_token" : "PLANTED-14"}, "tokens": ["PLANTED-15", "PLANTED-16"],
                      "api_keys": [
                        "PLANTED-17"
                      ],
                      "kubernetes": {"key_size": 2048}}, {"type": "portmap"}]}
                    """,
            "etc/cni/net.d/20-pem.conf",
                    "{\"type\": \"x\", \"ca\": \"LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tUExBTlRFRA==\"}\n",
            "etc/containerd/config.toml", """
                    [plugins."io.containerd.grpc.v1.cri".registry.configs."r".auth]
                      username = "me"
                      password = "PLANTED-18"
                      header = {Authorization = ["Basic PLANTED-66"]}
                      auth = 'PLANTED-19'
                      identitytoken = "PLANTED-20"
                    [plugins."io.containerd.grpc.v1.cri".cni]
                      conf_dir = "/etc/cni/net.d"
                      bin_dir = "/opt/planted/bin"
                    """,
            "etc/calico/calico.env", """
                    FELIX_ETCDKEY=PLANTED-21
                    FELIX_LOGSEVERITYSCREEN=info
                    ETCD_PASSWORD=PLANTED-22
                    ETCD_ENDPOINTS=https://u:PLANTED-23@etcd:2379
                    """,
            "etc/calico/felix.cfg", """
                    [global]
                    EtcdKeyContent = -----BEGIN RSA PRIVATE KEY-----
                    PLANTED-24
                    -----END RSA PRIVATE KEY-----
                    LogSeverityFile = none
                    """,
            "etc/NetworkManager/conf.d/planted.conf", "[main]\nvpn-secrets=PLANTED-25\nplugins=keyfile\n"));

    static Stream<String> awks() {
        return Stream.of("mawk", "gawk", "busybox awk")
                .filter(awk -> Files.isExecutable(Path.of("/usr/bin", awk.split(" ", 2)[0])));
    }

    /** The function {@code mask} of the script, with one of the awks that hosts have. */
    private static String masked(String awk, String text) throws Exception {
        String script = CaptureScript.text();
        int start = script.indexOf("mask() {");
        String function = script.substring(start, script.indexOf("\n}'\n}\n", start) + 6);
        Process shell = new ProcessBuilder("/bin/sh", "-c", "awk() { " + awk + " \"$@\"; }\n" + function + "mask")
                .redirectErrorStream(true)
                .start();
        try (OutputStream input = shell.getOutputStream()) {
            input.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("awks")
    void everyAwkMasksSecretsAndKeepsTheRestInItsLines(String awk) throws Exception {
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            String masked = masked(awk, file.getValue());
            assertThat(masked)
                    .as(file.getKey())
                    .doesNotContain(PLANTED, "LS0tLS1CRUdJTi")
                    .contains("[masked]");
            assertThat(masked.lines().count())
                    .as(file.getKey())
                    .isEqualTo(file.getValue().lines().count());
        }
        assertThat(masked(awk, FILES.getOrDefault("etc/systemd/system/k3s.service", "")))
                .contains("'--service-cidr'", "'10.56.0.0/16'", "--datastore-cafile=/x", "--disable traefik");
        assertThat(masked(awk, FILES.getOrDefault("etc/cni/net.d/10-calico.conflist", "")))
                .contains("\"mtu\": 1440", "{\"type\": \"portmap\"}");
    }

    @ParameterizedTest
    @MethodSource("awks")
    void anAddressKeepsItsHostAndEachOneAfterIt(String awk) throws Exception {
        assertThat(masked(awk, "a: https://u:PLANTED/1@h:5000,https://i@j,https://k/x@y\n"))
                .isEqualTo("a: https://[masked]@h:5000,https://[masked]@j,https://k/x@y\n");
        assertThat(masked(awk, "netroot=iscsi:user:PLANTED@192.0.2.1::3260::iqn.x quiet\n"))
                .isEqualTo("netroot=iscsi:[masked]@192.0.2.1::3260::iqn.x quiet\n");
    }

    /** The collector that runs on the host itself leaves out what the script masks. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "datastore-endpoint=user:x/y@tcp(db:3306)/k3s",
                "endpoint=mysql://user:x/y@tcp(db:3306)/k3s",
                "header=Authorization: Bearer x",
                "netroot=iscsi:user:x@192.0.2.1"
            })
    void theCollectorTakesTheSameForSecret(String setting) {
        int end = setting.indexOf('=');
        assertThat(Secrets.mayBe(setting.substring(0, end), setting.substring(end + 1)))
                .isTrue();
    }

    @Test
    void addressesWithoutCredentialsAreNoSecrets() {
        assertThat(Secrets.mayBe("endpoints", "http://h:2379,https://k/x@y")).isFalse();
        assertThat(Secrets.mayBe("authorization-mode", "Node,RBAC")).isFalse();
    }

    @Test
    void whatIsNoSecretIsKeptToTheLetter() throws Exception {
        String text = """
                [main]
                plugins=ifupdown,keyfile
                [keyfile]
                unmanaged-devices=interface-name:cali*;interface-name:tunl*
                [Match]
                Name=eth0 # a comment: https://example.org/a@b
                KUBELET_KUBEADM_ARGS="--container-runtime-endpoint=unix:///run/containerd/containerd.sock --v=2"
                \tindented\t\ttabs  and blanks
                """;
        assertThat(masked("command awk", text)).isEqualTo(text);
    }

    /** The whole script, on this machine with other files lying over its own, in a mount namespace of its own. */
    @Test
    void noPlantedSecretIsAnywhereInACapture(@TempDir Path directory) throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root, who alone mounts");
        assumeTrue(Files.readString(Path.of("/proc/filesystems")).contains("overlay"), "needs overlayfs in the kernel");
        Files.createDirectories(directory.resolve("work"));
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            Path path = directory.resolve("over").resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        Path secret = written(directory.resolve("secret"), "mode: PLANTED-50\n");
        Path real = written(directory.resolve("real"), "kind: KubeProxyConfiguration\nmode: ipvs\n");
        Path forged = written(directory.resolve("forged"), "kind: KubeProxyConfiguration\nmode: PLANTED-51\n");
        Path hidden = directory.resolve("private");
        written(hidden.resolve("PLANTED-52.json"), "{\"type\": \"PLANTED-53\"}\n");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        List<Process> components = List.of(
                component(directory, "kube-proxy", "--config", secret.toString()),
                component(directory, "kube-proxy", "--config=" + real),
                componentOfNobody(directory, "kube-proxy", "--config=" + forged),
                componentOfNobody(directory, "kubelet", "--cni-conf-dir=" + hidden, "--cni-bin-dir=" + hidden),
                component(
                        directory,
                        "kube-apiserver",
                        "--service-cluster-ip-range=10.96.0.0/12",
                        "--token-auth-file",
                        "PLANTED-30"),
                component(directory, "kubelet", "--cni-bin-dir=/opt/planted/bin", "--bootstrap-token=PLANTED-31"),
                component(directory, "felix"),
                component(directory, "python3", "-c", "PLANTED-32", "PLANTED-33"));
        try {
            CaptureScript.Run run = CaptureScript.run(
                    List.of(
                            "/usr/bin/unshare",
                            "--mount",
                            "/bin/sh",
                            "-c",
                            "mount -t tmpfs none " + directory.resolve("work") + " && cd " + directory.resolve("work")
                                    + " && mkdir upper inner && mount -t overlay none -o lowerdir="
                                    + directory.resolve("over/etc")
                                    + ":/etc,upperdir=upper,workdir=inner /etc && cd / && exec sh -s"),
                    Duration.ofMinutes(3));
            assertThat(run.trouble()).isEmpty();
            Capture capture = run.capture();
            assertThat(capture.files())
                    .containsKeys("/etc/rancher/k3s/config.yaml", "/etc/cni/net.d/10-calico.conflist");
            capture.files().forEach((path, content) -> assertThat(new String(content, StandardCharsets.ISO_8859_1))
                    .as(path)
                    .doesNotContain(PLANTED, "PRIVATE KEY"));
            capture.commands().forEach((label, output) -> assertThat(new String(output, StandardCharsets.ISO_8859_1))
                    .as(label)
                    .doesNotContain(PLANTED));
            assertThat(capture.index()).doesNotContain(PLANTED);
            assertThat(capture.files().keySet())
                    .as("what a kube-proxy of root was started with is kept")
                    .anyMatch(file -> file.endsWith("/root" + real));
            HostFacts facts = new HostCollector().collect(CaptureHost.of("live", capture), CollectionOptions.none());
            assertThat(facts.get("kubernetes.api-server.arguments.service-cluster-ip-range")
                            .known()
                            .map(Object::toString))
                    .contains("10.96.0.0/12");
            assertThat(facts.get("felix.environment.FELIX_LOGSEVERITYSCREEN")
                            .known()
                            .map(Object::toString))
                    .contains("debug");
            assertThat(facts.get("kubernetes.cni.mtu").known().map(Object::toString))
                    .contains("1440");
            assertThat(facts.get("felix.configuration.logseverityfile").known().map(Object::toString))
                    .contains("none");
        } finally {
            components.forEach(Process::destroyForcibly);
        }
    }

    private static Path written(Path file, String text) throws Exception {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static Process component(Path directory, String name, String... arguments) throws Exception {
        return started(List.of(), directory, name, arguments);
    }

    private static Process componentOfNobody(Path directory, String name, String... arguments) throws Exception {
        List<String> asNobody = List.of("/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        return started(asNobody, directory, name, arguments);
    }

    /** A process of this name: the kernel takes it from the file that is executed. */
    private static Process started(List<String> by, Path directory, String name, String... arguments) throws Exception {
        Path program = directory.resolve(name);
        if (Files.notExists(program)) {
            Files.writeString(program, "#!/bin/sh\nread -r forever\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        List<String> command = Stream.of(by.stream(), Stream.of(program.toString()), Stream.of(arguments))
                .flatMap(words -> words)
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("FELIX_ETCDKEY", "PLANTED-40");
        builder.environment().put("FELIX_LOGSEVERITYSCREEN", "debug");
        builder.environment().put("AWS_SECRET_ACCESS_KEY", "PLANTED-41");
        builder.environment().put("HARMLESS", "PLANTED-42");
        return builder.start();
    }
}
