package calico.preflight.facts.collect;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Entry;
import calico.preflight.facts.FactValue.Table;
import calico.preflight.facts.FactValue.Text;
import calico.preflight.facts.FactValue.Texts;
import calico.preflight.facts.FactValue.Whole;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.source.HostCommand;
import calico.preflight.facts.source.HostSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node of Kubernetes shows, set up by kubeadm, by k3s, by RKE2, by MicroK8s and by hand. */
class KubernetesFactsTest {

    private static final String MODE = "kubernetes.kube-proxy.mode";
    private static final String PROXY = "kubernetes.kube-proxy.arguments";
    private static final String PODS = "kubernetes.cluster-cidr";
    private static final String SERVICES = "kubernetes.service-cidr";
    private static final String RUNTIME = "kubernetes.container-runtime";
    private static final String PROXY_CONFIGURATION = "kind: KubeProxyConfiguration\n";
    private static final String CONFIGURATIONS = "kubernetes.cni.configurations";

    @TempDir
    Path temp;

    private Root root;

    @BeforeEach
    void start_with_an_empty_root() {
        root = new Root(temp).withDirectory("/etc").withDirectory("/usr/bin");
    }

    @AfterEach
    void take_the_links_away() throws IOException {
        try (Stream<Path> files = Files.walk(temp)) {
            for (Path link : files.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }

    private HostFacts image() throws AmbiguousKernelException {
        return collected(root.host());
    }

    private HostFacts running() throws AmbiguousKernelException {
        return collected(RunningRoot.of(root, Map.of()));
    }

    private static HostFacts collected(HostSource host) throws AmbiguousKernelException {
        return new HostCollector().collect(host, Root.OPTIONS, name -> name.startsWith("kubernetes."));
    }

    private static Observed<FactValue> text(String text, String origin, int line) {
        return Observed.known(new Text(text), new Origin(origin, line));
    }

    private void process(int id, String name, String... words) {
        process(0, id, name, words);
    }

    private void process(int user, int id, String name, String... words) {
        root.with("/proc/" + id + "/comm", name + "\n")
                .with("/proc/" + id + "/status", "Name:\t" + name + "\nUid:\t" + user + "\t" + user + "\t0\t0\n")
                .with("/proc/" + id + "/cmdline", String.join("\0", words) + "\0");
    }

    private void first() {
        process(1, "systemd", "/sbin/init");
    }

    // kube-proxy

    @Test
    void a_kube_proxy_in_a_container_has_its_configuration_there() throws Exception {
        first();
        process(7, "kube-proxy", "/usr/local/bin/kube-proxy", "--config=/var/lib/kube-proxy/config.conf");
        root.with(
                "/proc/7/root/var/lib/kube-proxy/config.conf",
                PROXY_CONFIGURATION + "clusterCIDR: 10.244.0.0/16\nmode: IPVS\n");

        HostFacts facts = running();

        String file = "/proc/7/root/var/lib/kube-proxy/config.conf";
        assertThat(facts.get(MODE)).isEqualTo(text("ipvs", file, 3));
        assertThat(facts.get(PODS)).isEqualTo(Observed.known(new Texts(List.of("10.244.0.0/16")), new Origin(file, 2)));
        assertThat(facts.get(PROXY + ".config"))
                .isEqualTo(text("/var/lib/kube-proxy/config.conf", "/proc/7/cmdline", 0));
    }

    @Test
    void a_configuration_that_cannot_be_read_leaves_the_mode_open() throws Exception {
        first();
        process(7, "kube-proxy", "kube-proxy", "--config=/var/lib/kube-proxy/config.conf", "--proxy-mode=ipvs");

        assertThat(running().get(MODE).isUnknown()).isTrue();
        assertThat(image().get(MODE).isUnknown()).isTrue();
        process(7, "kube-proxy", "kube-proxy", "--config=../../etc/x");
        assertThat(running().get(MODE))
                .isEqualTo(Observed.unknown("--config names no absolute path", Origin.of("/proc/7/cmdline")));
    }

    @Test
    void no_file_is_read_that_a_process_of_an_ordinary_user_names() throws Exception {
        first();
        process(1000, 7, "kube-proxy", "kube-proxy", "--config=/root/secret");
        root.with("/proc/7/root/root/secret", PROXY_CONFIGURATION + "mode: of-root\n");

        assertThat(running().get(MODE))
                .isEqualTo(Observed.unknown(
                        "the kube-proxy that --config is given to is not seen to be root's",
                        Origin.of("/proc/7/cmdline")));

        process(8, "kube-proxy", "kube-proxy", "--proxy-mode=ipvs");
        assertThat(running().get(MODE)).as("that of root is the one").isEqualTo(text("ipvs", "/proc/8/cmdline", 0));
    }

    @Test
    void a_file_that_does_not_say_that_it_configures_kube_proxy_is_none() throws Exception {
        first();
        process(7, "kube-proxy", "kube-proxy", "--config=/etc/secret");
        root.with("/proc/7/root/etc/secret", "mode: of-something-else\n");

        assertThat(running().get(MODE))
                .isEqualTo(Observed.unknown("is no configuration of kube-proxy", Origin.of("/proc/7/root/etc/secret")));
    }

    @Test
    void no_directory_is_listed_that_a_process_of_an_ordinary_user_names() throws Exception {
        first();
        process(1000, 7, "kubelet", "kubelet", "--cni-bin-dir=/root/bin", "--cni-conf-dir=/root/conf");
        root.with("/root/bin/private", "").with("/root/conf/private.json", "{}");

        assertThat(running().get(CONFIGURATIONS))
                .isEqualTo(Observed.unknown(
                        "the kubelet that it is given to is not seen to be root's", Origin.of("/proc/7/cmdline")));
        assertThat(running().get("kubernetes.cni.plugins").isUnknown()).isTrue();
    }

    @Test
    void a_kube_proxy_that_is_told_nothing_works_with_iptables() throws Exception {
        first();
        process(7, "kube-proxy", "kube-proxy", "--hostname-override=node1");
        assertThat(running().get(MODE)).isEqualTo(text("iptables", "/proc/7/cmdline", 0));

        process(7, "kube-proxy", "kube-proxy", "--proxy-mode", "nftables", "--cluster-cidr=10.1.0.0/16,fd01::/64");
        HostFacts facts = running();
        assertThat(facts.get(MODE)).isEqualTo(text("nftables", "/proc/7/cmdline", 0));
        assertThat(facts.get(PODS).known()).contains(new Texts(List.of("10.1.0.0/16", "fd01::/64")));

        root.with("/proc/7/root/c", PROXY_CONFIGURATION + "mode: \"\"\n");
        process(7, "kube-proxy", "kube-proxy", "--config=/c");
        assertThat(running().get(MODE)).isEqualTo(text("iptables", "/proc/7/root/c", 2));
    }

    @Test
    void where_no_kube_proxy_runs_there_is_none() throws Exception {
        first();

        HostFacts facts = running();

        assertThat(facts.get(MODE)).isEqualTo(Observed.absent(Origin.of("/proc/*/comm")));
        assertThat(facts.get(PROXY)).isEqualTo(Observed.absent(Origin.of("/proc/*/comm")));
        assertThat(facts.get("kubernetes.api-server.arguments")).isEqualTo(Observed.absent(Origin.of("/proc/*/comm")));
        assertThat(facts.get(PODS))
                .as("the range is that of the cluster, which this host does not tell")
                .isEqualTo(Observed.unknown(
                        "no component of Kubernetes that is seen here names the pod range", Origin.of("/proc/*/comm")));
    }

    @Test
    void where_processes_are_hidden_nothing_is_absent() throws Exception {
        root.with("/proc/4711/comm", "java\n");

        HostFacts facts = running();

        assertThat(facts.get(MODE).isUnknown()).isTrue();
        assertThat(facts.get(PROXY).isUnknown()).isTrue();
        assertThat(facts.get("kubernetes.api-server.arguments").isUnknown()).isTrue();
    }

    @Test
    void an_image_may_hold_a_configuration_for_kube_proxy() throws Exception {
        assertThat(image().get(MODE).known()).isEmpty();
        root.with("/var/lib/kube-proxy/config.conf", PROXY_CONFIGURATION + "mode: ipvs\n");
        assertThat(image().get(MODE)).isEqualTo(text("ipvs", "/var/lib/kube-proxy/config.conf", 2));
    }

    // the control plane

    @Test
    void static_pods_tell_the_ranges() throws Exception {
        root.with("/etc/kubernetes/manifests/kube-apiserver.yaml", """
                    - kube-apiserver
                    - --enable-admission-plugins=NodeRestriction
                    - --etcd-password=x
                    - --service-cluster-ip-range=10.96.0.0/12
                """)
                .with("/etc/kubernetes/manifests/kube-controller-manager.yaml", """
                    - kube-controller-manager
                    - --cluster-cidr=192.168.0.0/16
                """);

        HostFacts facts = image();

        assertThat(facts.get(SERVICES))
                .isEqualTo(Observed.known(
                        new Texts(List.of("10.96.0.0/12")),
                        new Origin("/etc/kubernetes/manifests/kube-apiserver.yaml", 4)));
        assertThat(facts.get(PODS))
                .isEqualTo(Observed.known(
                        new Texts(List.of("192.168.0.0/16")),
                        new Origin("/etc/kubernetes/manifests/kube-controller-manager.yaml", 2)));
        assertThat(facts.get("kubernetes.api-server.arguments.enable-admission-plugins"))
                .isEqualTo(text("NodeRestriction", "/etc/kubernetes/manifests/kube-apiserver.yaml", 2));
        assertThat(facts.get("kubernetes.api-server.arguments.etcd-password").known())
                .isEmpty();
    }

    @Test
    void a_manifest_that_cannot_be_read_leaves_the_range_open() throws Exception {
        first();
        root.withDirectory("/etc/kubernetes/manifests/kube-apiserver.yaml");

        assertThat(running().get(SERVICES))
                .isEqualTo(
                        Observed.unknown("is a directory", Origin.of("/etc/kubernetes/manifests/kube-apiserver.yaml")));
    }

    @Test
    void a_controller_manager_is_told_by_its_name_that_the_kernel_cut() throws Exception {
        first();
        process(9, "kube-controller", "kube-controller-manager", "--cluster-cidr=10.5.0.0/16");

        assertThat(running().get(PODS).known()).contains(new Texts(List.of("10.5.0.0/16")));
    }

    @Test
    void k3s_hides_its_arguments_but_not_where_they_come_from() throws Exception {
        first();
        process(5, "k3s-server", "/usr/local/bin/k3s server");
        assertThat(running().get(MODE).isUnknown()).isTrue();

        root.with("/etc/systemd/system/k3s.service", """
                [Service]
                ExecStart=/usr/local/bin/k3s \\
                    server \\
                \t'--cluster-cidr=192.168.0.0/16' \\
                """).with("/etc/rancher/k3s/config.yaml", """
                token: do-not-tell
                cluster-cidr: 10.42.0.0/16
                service-cidr:
                  - 10.43.0.0/16
                  - fd00:43::/112
                kube-proxy-arg:
                  - proxy-mode=ipvs
                  - ipvs-scheduler=rr
                """);
        HostFacts facts = running();

        assertThat(facts.get(MODE)).isEqualTo(text("ipvs", "/etc/rancher/k3s/config.yaml", 7));
        assertThat(facts.get(PODS))
                .as("the command goes before the file")
                .isEqualTo(Observed.known(
                        new Texts(List.of("192.168.0.0/16")), new Origin("/etc/systemd/system/k3s.service", 2)));
        assertThat(facts.get(SERVICES))
                .isEqualTo(Observed.known(
                        new Texts(List.of("10.43.0.0/16", "fd00:43::/112")),
                        new Origin("/etc/rancher/k3s/config.yaml", 4)));
        assertThat(facts.get(RUNTIME).known()).contains(new Text("k3s"));
        assertThat(facts.get(RUNTIME + ".version").isUnknown()).isTrue();
        assertThat(facts.facts().toString()).doesNotContain("do-not-tell");
    }

    @Test
    void k3s_that_is_told_nothing_of_kube_proxy_runs_it_with_iptables() throws Exception {
        first();
        root.with("/etc/systemd/system/k3s-agent.service", "ExecStart=/usr/local/bin/k3s agent\n");
        assertThat(running().get(MODE)).isEqualTo(text("iptables", "/etc/systemd/system/k3s-agent.service", 0));

        root.with("/etc/rancher/k3s/config.yaml", "disable-kube-proxy: true\n");
        assertThat(running().get(MODE)).isEqualTo(Observed.absent(new Origin("/etc/rancher/k3s/config.yaml", 1)));
    }

    @Test
    void k3s_with_a_configuration_that_cannot_be_read_tells_nothing() throws Exception {
        first();
        root.with("/etc/systemd/system/k3s.service", "ExecStart=/usr/local/bin/k3s server\n")
                .withDirectory("/etc/rancher/k3s/config.yaml");

        assertThat(running().get(MODE).isUnknown()).isTrue();
        assertThat(running().get(PODS).isUnknown()).isTrue();
    }

    @Test
    void rke2_and_microk8s_keep_arguments_in_places_of_their_own() throws Exception {
        root.with("/var/lib/rancher/rke2/agent/pod-manifests/kube-proxy.yaml", "    - --cluster-cidr=10.42.0.0/16\n");
        HostFacts rke2 = image();
        assertThat(rke2.get(MODE).known()).contains(new Text("iptables"));
        assertThat(rke2.get(PODS).known()).contains(new Texts(List.of("10.42.0.0/16")));

        Files.delete(temp.resolve("var/lib/rancher/rke2/agent/pod-manifests/kube-proxy.yaml"));
        root.with("/var/snap/microk8s/current/args/kube-proxy", "--proxy-mode=ipvs\n--cluster-cidr=10.1.0.0/16\n");
        HostFacts microk8s = image();
        assertThat(microk8s.get(MODE)).isEqualTo(text("ipvs", "/var/snap/microk8s/current/args/kube-proxy", 1));
        assertThat(microk8s.get(RUNTIME).known()).contains(new Text("microk8s"));
    }

    // the container runtime

    @Test
    void the_kubelet_tells_its_container_runtime() throws Exception {
        root.with("/var/lib/kubelet/config.yaml", "containerRuntimeEndpoint: unix:///run/crio/crio.sock\n")
                .with("/usr/bin/containerd", "")
                .with("/var/lib/dpkg/status", "Package: cri-o\nStatus: install ok installed\nVersion: 1.31.1-1.1\n");

        HostFacts facts = image();

        assertThat(facts.get(RUNTIME)).isEqualTo(text("cri-o", "/var/lib/kubelet/config.yaml", 1));
        assertThat(facts.get(RUNTIME + ".version")).isEqualTo(text("1.31.1", "/var/lib/dpkg/status", 1));

        root.with(
                "/var/lib/kubelet/kubeadm-flags.env",
                "KUBELET_KUBEADM_ARGS=\"--container-runtime-endpoint=unix:///run/containerd/containerd.sock\"\n");
        assertThat(image().get(RUNTIME)).isEqualTo(text("containerd", "/var/lib/kubelet/kubeadm-flags.env", 1));
        assertThat(image().get(RUNTIME + ".version").isUnknown()).isTrue();
        assertThat(collected(RunningRoot.of(
                                root,
                                Map.of(
                                        HostCommand.CONTAINERD_VERSION,
                                        "containerd containerd.io 1.6.33 d2d58213f83a\n")))
                        .get(RUNTIME + ".version"))
                .isEqualTo(text("1.6.33", "containerd --version", 0));
    }

    @Test
    void without_a_kubelet_the_only_runtime_is_the_one() throws Exception {
        assertThat(image().get(RUNTIME)).isEqualTo(Observed.absent(Origin.of("/usr/bin/containerd")));
        root.with("/usr/bin/containerd", "");
        assertThat(image().get(RUNTIME)).isEqualTo(text("containerd", "/usr/bin/containerd", 0));
        root.with("/usr/bin/dockerd", "");
        assertThat(image().get(RUNTIME))
                .isEqualTo(Observed.unknown(
                        "docker and containerd are installed, and no kubelet tells which it uses",
                        Origin.of("/usr/bin/containerd")));
    }

    // the container network interface

    @Test
    void configurations_are_looked_for_where_containerd_is_told_to() throws Exception {
        root.with("/usr/bin/containerd", "")
                .with("/etc/containerd/config.toml", """
                version = 2
                [plugins."io.containerd.grpc.v1.cri".cni]
                  bin_dir = "/srv/cni/bin"
                  conf_dir = "/srv/cni/net.d/"
                """)
                .with("/srv/cni/net.d/10-calico.conflist", "{\"plugins\":[{\"type\":\"calico\",\"mtu\":1440}]}")
                .with("/etc/cni/net.d/05-cilium.conflist", "{\"plugins\":[{\"type\":\"cilium-cni\"}]}")
                .with("/srv/cni/bin/calico", "")
                .with("/opt/cni/bin/bridge", "");

        HostFacts facts = image();

        assertThat(facts.get(CONFIGURATIONS).known())
                .contains(new Table(Map.of(
                        "10-calico.conflist", Entry.from(Origin.of("/srv/cni/net.d/10-calico.conflist"), "calico"))));
        assertThat(facts.get("kubernetes.cni.plugins").known()).contains(new Texts(List.of("calico")));
        assertThat(facts.get("kubernetes.cni.mtu"))
                .isEqualTo(Observed.known(new Whole(1440), Origin.of("/srv/cni/net.d/10-calico.conflist")));

        root.with("/etc/containerd/conf.d/50-ours.toml", """
                [plugins.'io.containerd.cri.v1.runtime'.cni]
                  bin_dirs = ['/srv/cni/bin', '/opt/cni/bin']
                  conf_dir = '/etc/cni/net.d'
                """);
        assertThat(image().get(CONFIGURATIONS + ".05-cilium.conflist").known()).contains(new Text("cilium-cni"));
        assertThat(image().get("kubernetes.cni.plugins").known()).contains(new Texts(List.of("bridge", "calico")));
    }

    @Test
    void k3s_and_crio_and_an_old_kubelet_look_elsewhere() throws Exception {
        root.with("/usr/bin/crio", "")
                .with("/etc/crio/crio.conf.d/10-x", "[crio.network]\nnetwork_dir = \"/etc/kubernetes/cni/net.d\"\n")
                .with("/etc/kubernetes/cni/net.d/a.conf", "{\"type\":\"calico\"}");
        assertThat(image().get(CONFIGURATIONS + ".a.conf").known()).contains(new Text("calico"));
        assertThat(image().get("kubernetes.cni.mtu"))
                .isEqualTo(Observed.absent(Origin.of("/etc/kubernetes/cni/net.d/a.conf")));

        root.with("/var/lib/rancher/k3s/agent/etc/containerd/config.toml", """
                [plugins.cri.cni]
                conf_dir = "/var/lib/rancher/k3s/agent/etc/cni/net.d"
                """)
                .with("/var/lib/rancher/k3s/agent/etc/cni/net.d/b.conf", "{\"type\":\"flannel\"}");
        assertThat(image().get(CONFIGURATIONS + ".b.conf").known()).contains(new Text("flannel"));

        root.with("/var/lib/kubelet/kubeadm-flags.env", "KUBELET_KUBEADM_ARGS=--cni-conf-dir=/srv/net.d\n")
                .with("/srv/net.d/c.conf", "{\"type\":\"weave-net\"}");
        assertThat(image().get(CONFIGURATIONS + ".c.conf").known()).contains(new Text("weave-net"));
    }

    @Test
    void a_runtime_whose_configuration_cannot_be_read_may_look_anywhere() throws Exception {
        root.withDirectory("/var/lib/rancher/k3s/agent/etc/containerd/config.toml");

        assertThat(image().get(CONFIGURATIONS).isUnknown()).isTrue();
        assertThat(image().get("kubernetes.cni.plugins").isUnknown()).isTrue();
        assertThat(image().get("kubernetes.cni.mtu").isUnknown()).isTrue();
    }

    @Test
    void an_mtu_of_zero_leaves_it_to_calico() throws Exception {
        root.with("/etc/cni/net.d/10-calico.conflist", "{\"plugins\":[{\"type\":\"calico\",\"mtu\":0}]}");
        assertThat(image().get("kubernetes.cni.mtu"))
                .isEqualTo(Observed.absent(Origin.of("/etc/cni/net.d/10-calico.conflist")));
        root.withDirectory("/etc/cni/net.d/05-unreadable.conf");
        root.with("/etc/cni/net.d/10-calico.conflist", "{\"plugins\":[{\"type\":\"flannel\",\"mtu\":9}]}");
        assertThat(image().get("kubernetes.cni.mtu").isUnknown()).isTrue();
    }
}
