package calico.preflight.facts.parse;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.facts.parse.KubernetesFiles.Flag;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class KubernetesParsersTest {

    @Test
    void the_top_level_of_yaml_is_read_as_far_as_it_is_words_and_lists_of_words() {
        Map<String, List<Setting>> keys = TopLevelYaml.parse("""
                # of kube-proxy
                apiVersion: kubeproxy.config.k8s.io/v1alpha1
                clusterCIDR: "10.244.0.0/16" # pods
                mode: ""
                ipvs:
                  mode: deeper
                  - of a list that is deeper
                cluster-cidr:
                  - 10.42.0.0/16
                  # and the other family
                  - 'fd00:42::/56'
                service-cidr: [10.43.0.0/16, "fd00:43::/112"]
                kube-proxy-arg+:
                - proxy-mode=ipvs
                text: |
                  mode: none
                """);

        assertThat(keys.get("clusterCIDR")).containsExactly(new Setting("10.244.0.0/16", 3));
        assertThat(keys.get("mode")).containsExactly(new Setting("", 4));
        assertThat(keys.get("ipvs")).isEmpty();
        assertThat(keys.get("cluster-cidr"))
                .containsExactly(new Setting("10.42.0.0/16", 9), new Setting("fd00:42::/56", 11));
        assertThat(keys.get("service-cidr"))
                .containsExactly(new Setting("10.43.0.0/16", 12), new Setting("fd00:43::/112", 12));
        assertThat(keys.get("kube-proxy-arg")).containsExactly(new Setting("proxy-mode=ipvs", 14));
        assertThat(keys.get("text")).isEmpty();
    }

    @Test
    void toml_is_read_by_section_and_key() {
        Map<String, List<Setting>> settings = TomlSettings.parse("""
                version = 2
                root = "/var/lib/containerd" # "here"
                [plugins."io.containerd.grpc.v1.cri".cni]
                  bin_dirs = [
                    "/opt/cni/bin", # first
                    '/usr/libexec/cni',
                  ]
                  conf_dir = "/etc/cni/net.d"
                  max_conf_num = 1
                [crio.network]
                plugin_dirs = ["/a", "/b"]
                """);

        assertThat(settings.get("root")).containsExactly(new Setting("/var/lib/containerd", 2));
        assertThat(settings.get("plugins.io.containerd.grpc.v1.cri.cni.bin_dirs"))
                .containsExactly(new Setting("/opt/cni/bin", 5), new Setting("/usr/libexec/cni", 6));
        assertThat(settings.get("plugins.io.containerd.grpc.v1.cri.cni.conf_dir"))
                .containsExactly(new Setting("/etc/cni/net.d", 8));
        assertThat(settings.get("plugins.io.containerd.grpc.v1.cri.cni.max_conf_num"))
                .isEmpty();
        assertThat(settings.get("crio.network.plugin_dirs"))
                .containsExactly(new Setting("/a", 11), new Setting("/b", 11));
    }

    @Test
    void flags_of_a_static_pod_are_items_of_its_command() {
        assertThat(KubernetesFiles.manifestFlags("""
                spec:
                  containers:
                  - command:
                    - kube-apiserver
                    - --service-cluster-ip-range=10.96.0.0/12
                    - "--enable-admission-plugins=NodeRestriction"
                    image: registry/kube-apiserver:v1.31.0 --no-flag
                """))
                .containsExactly(
                        new Setting("--service-cluster-ip-range=10.96.0.0/12", 5),
                        new Setting("--enable-admission-plugins=NodeRestriction", 6));
    }

    @Test
    void flags_of_microk8s_stand_in_a_line_each() {
        assertThat(KubernetesFiles.flagLines("# x\n--cluster-cidr=10.1.0.0/16\n--v 2\n"))
                .containsExactly(new Setting("--cluster-cidr=10.1.0.0/16", 2), new Setting("--v 2", 3));
    }

    @Test
    void the_command_of_a_unit_goes_over_several_lines() {
        KubernetesFiles.UnitCommand command = KubernetesFiles.execStart("""
                [Service]
                ExecStartPre=/bin/true
                ExecStart=/usr/local/bin/k3s \\
                    server \\
                	'--flannel-backend=none' \\
                	"--kube-proxy-arg=proxy-mode=ipvs" \\
                	'--kube-proxy-arg' 'ipvs-scheduler=rr' \\

                Restart=always
                """).orElseThrow();

        assertThat(command.line()).isEqualTo(3);
        assertThat(KubernetesFiles.allFlags(command.words()))
                .containsExactly(
                        new Flag("flannel-backend", "none"),
                        new Flag("kube-proxy-arg", "proxy-mode=ipvs"),
                        new Flag("kube-proxy-arg", "ipvs-scheduler=rr"));
    }

    @Test
    void the_mtu_is_that_of_the_plugin_of_calico() {
        assertThat(KubernetesFiles.calicoMtu("{\"plugins\": [{\"type\": \"portmap\", \"mtu\": 9},"
                        + " {\"type\": \"calico\", \"mtu\": 1440}]}"))
                .isEqualTo(OptionalInt.of(1440));
        assertThat(KubernetesFiles.calicoMtu("{\"type\": \"calico\", \"mtu\": 1410}"))
                .isEqualTo(OptionalInt.of(1410));
        assertThat(KubernetesFiles.calicoMtu("{\"type\": \"calico\", \"mtu\": 0}"))
                .isEqualTo(OptionalInt.of(0));
        assertThat(KubernetesFiles.calicoMtu("{\"type\": \"calico\"}")).isEqualTo(OptionalInt.of(0));
        assertThat(KubernetesFiles.calicoMtu("{\"type\": \"flannel\", \"mtu\": 1410}"))
                .isEmpty();
        assertThat(KubernetesFiles.calicoMtu("[]")).isEmpty();
    }
}
