package calico.preflight.facts;

import calico.preflight.facts.FactType.Kind;
import java.util.List;

/**
 * Every fact that there is, in the order in which {@code facts list} prints them. A new fact is a line here and its
 * collector; any requirement of the kind {@code fact} can then name it.
 */
public final class FactCatalogue {

    /** All fact types, grouped by subject. */
    public static final List<FactType> ALL = List.of(
            // the host and its operating system
            type("host.name", Kind.TEXT, "", "host name", "/proc/sys/kernel/hostname, /etc/hostname"),
            type(
                    "host.machine-id",
                    Kind.TEXT,
                    "",
                    "tells machines apart: derived from the machine id, which stays on the host; absent: made at first start",
                    "/etc/machine-id, /var/lib/dbus/machine-id"),
            type(
                    "host.architecture",
                    Kind.TEXT,
                    "",
                    "machine, named as uname -m does: x86_64, aarch64, ppc64le, s390x",
                    "/proc/sys/kernel/arch, the ELF header of a system program"),
            type(
                    "host.container",
                    Kind.TEXT,
                    "",
                    "kind of container that the collector or the root is in; absent: none",
                    "/run/systemd/container, /.dockerenv, /run/.containerenv, /proc/1/environ, /proc/1/cgroup"),
            type(
                    "os.release",
                    Kind.TABLE,
                    "",
                    "all entries of os-release, such as ID and VERSION_ID",
                    "/etc/os-release, /usr/lib/os-release"),
            type("os.id", Kind.TEXT, "", "distribution: debian, rhel, ubuntu, ...", "ID of os-release"),
            type("os.version", Kind.VERSION, "", "version of the distribution", "VERSION_ID of os-release"),
            // the kernel
            type(
                    "kernel.release",
                    Kind.VERSION,
                    "",
                    "release of the running kernel, as uname -r",
                    "/proc/sys/kernel/osrelease, /proc/version, the only module tree, the configuration's header"),
            type(
                    "kernel.version",
                    Kind.TEXT,
                    "",
                    "build of the running kernel, as uname -v",
                    "/proc/sys/kernel/version, /proc/version"),
            type(
                    "kernel.config",
                    Kind.TABLE,
                    "",
                    "kernel configuration: CONFIG_X is y, m, a value or 'not set'",
                    "/proc/config.gz, /boot/config-RELEASE, config in the module directory, headers"),
            type("kernel.modules.loaded", Kind.TABLE, "", "modules that are loaded now", "/proc/modules"),
            type("kernel.modules.sysfs", Kind.TEXTS, "", "modules and builtins that show in sysfs", "/sys/module"),
            type(
                    "kernel.modules.builtin",
                    Kind.TABLE,
                    "",
                    "modules that are built into the kernel, with their path",
                    "modules.builtin of the kernel's module directory"),
            type(
                    "kernel.modules.files",
                    Kind.TABLE,
                    "",
                    "module files of this kernel on disk, with their path",
                    "/lib/modules/RELEASE, /usr/lib/modules/RELEASE"),
            type(
                    "kernel.modules.incomplete",
                    Kind.TABLE,
                    "",
                    "module files that need another one which is not there, with its path",
                    "modules.dep of the kernel's module directory"),
            type(
                    "kernel.modules.aliases",
                    Kind.TABLE,
                    "",
                    "other names of modules (those without wildcards), with the module",
                    "modules.alias, modules.builtin.modinfo"),
            type(
                    "kernel.modules.blocked",
                    Kind.ROWS,
                    "module, how, origin",
                    "modules that are kept from loading; how: install (never), module_blacklist (never), blacklist (not by alias)",
                    "modprobe.d in /etc, /run, /usr/local/lib, /usr/lib, /lib; the kernel command line"),
            type(
                    "kernel.modules.disabled",
                    Kind.FLAG,
                    "",
                    "loading modules is switched off until the next start",
                    "/proc/sys/kernel/modules_disabled"),
            type(
                    "kernel.modules.releases",
                    Kind.TEXTS,
                    "",
                    "kernel releases that have a module directory",
                    "/lib/modules, /usr/lib/modules"),
            type(
                    "kernel.xtables.ipv4.tables",
                    Kind.TEXTS,
                    "",
                    "legacy iptables tables in use",
                    "/proc/net/ip_tables_names"),
            type(
                    "kernel.xtables.ipv4.matches",
                    Kind.TEXTS,
                    "",
                    "iptables matches registered now",
                    "/proc/net/ip_tables_matches"),
            type(
                    "kernel.xtables.ipv4.targets",
                    Kind.TEXTS,
                    "",
                    "iptables targets registered now",
                    "/proc/net/ip_tables_targets"),
            type(
                    "kernel.xtables.ipv6.tables",
                    Kind.TEXTS,
                    "",
                    "legacy ip6tables tables in use",
                    "/proc/net/ip6_tables_names"),
            type(
                    "kernel.xtables.ipv6.matches",
                    Kind.TEXTS,
                    "",
                    "ip6tables matches registered now",
                    "/proc/net/ip6_tables_matches"),
            type(
                    "kernel.xtables.ipv6.targets",
                    Kind.TEXTS,
                    "",
                    "ip6tables targets registered now",
                    "/proc/net/ip6_tables_targets"),
            type(
                    "kernel.btf",
                    Kind.FLAG,
                    "",
                    "the kernel carries the types of its own code (BTF), for eBPF programs",
                    "/sys/kernel/btf/vmlinux"),
            type(
                    "kernel.filesystems",
                    Kind.TEXTS,
                    "",
                    "file systems that the kernel can mount without loading more",
                    "/proc/filesystems"),
            type(
                    "kernel.probe",
                    Kind.TABLE,
                    "",
                    "what was tried in a throw-away network namespace: works, fails: REASON, or open: REASON",
                    "probe kernel, check --probe"),
            type(
                    "sysctl",
                    Kind.TABLE,
                    "",
                    "kernel settings by their dotted names, as sysctl.net.ipv4.ip_forward: network, module loading, namespaces",
                    "/proc/sys; of a report: sysctl -a"),
            type(
                    "mounts",
                    Kind.TABLE,
                    "",
                    "what is mounted: the file system by the directory, as mounts./sys/fs/bpf",
                    "/proc/1/mounts, /proc/self/mounts"),
            type(
                    "mounts.access",
                    Kind.TABLE,
                    "",
                    "rw or ro (read-only) by the directory, as mounts.access./sys/fs/cgroup",
                    "/proc/1/mounts, /proc/self/mounts"),
            // the network
            type(
                    "network.interfaces",
                    Kind.ROWS,
                    "name, mtu, state, mac, addresses, index",
                    "network interfaces; MTU in bytes, index: the kernel's number, by the order in which they were made",
                    "/sys/class/net, /proc/net/dev, /proc/net/fib_trie, /proc/net/if_inet6; of a report: ip -d address"),
            type(
                    "network.default-interface",
                    Kind.TEXT,
                    "",
                    "interface of the default route",
                    "/proc/net/route, /proc/net/ipv6_route; of a report: ip route"),
            type(
                    "network.default-interface.mtu",
                    Kind.NUMBER,
                    "bytes",
                    "MTU of the interface of the default route",
                    "/sys/class/net; of a report: ip -d address"),
            type(
                    "network.default-interface.driver",
                    Kind.TEXT,
                    "",
                    "driver of the interface of the default route, such as virtio_net; absent: it has none of its own",
                    "/sys/class/net/*/device/driver"),
            type(
                    "network.addresses",
                    Kind.ROWS,
                    "address, interface",
                    "addresses of this host; interface where it can be told",
                    "/proc/net/fib_trie, /proc/net/if_inet6; of a report: ip -d address"),
            type(
                    "network.routes",
                    Kind.ROWS,
                    "destination, gateway, interface",
                    "routes to other networks and addresses; no gateway: reached directly",
                    "/proc/net/route, /proc/net/ipv6_route; of a report: ip route"),
            type("network.ipv6", Kind.FLAG, "", "the kernel speaks IPv6", "/proc/sys/net/ipv6"),
            type(
                    "network.sockets.tcp",
                    Kind.ROWS,
                    "address, port, process",
                    "listening TCP sockets; process where it is visible",
                    "/proc/net/tcp, /proc/net/tcp6, /proc/*/fd; of a report: ss, netstat"),
            type(
                    "network.sockets.udp",
                    Kind.ROWS,
                    "address, port, process",
                    "bound UDP sockets; process where it is visible",
                    "/proc/net/udp, /proc/net/udp6, /proc/*/fd; of a report: ss, netstat"),
            type(
                    "probe.flows",
                    Kind.ROWS,
                    "requirement, protocol, port, direction, peer, result, detail",
                    "traffic that was tried between this host and others; direction: out or in, result: passed, blocked or not-tried",
                    "probe run"),
            type(
                    "probe.path-mtu",
                    Kind.ROWS,
                    "peer, carrier, interface, mtu, out, in, detail",
                    "longest IP packets, in bytes, that pass whole between this host and others; mtu: that of the interface",
                    "probe run"),
            // who manages the network
            type(
                    "network-manager.installed",
                    Kind.FLAG,
                    "",
                    "NetworkManager is installed",
                    "its program and its unit; of a report: systemctl"),
            type(
                    "network-manager.active",
                    Kind.FLAG,
                    "",
                    "NetworkManager is running, or starts with the host where that is all that can be seen",
                    "/proc/*/comm, unit links in /etc/systemd/system"),
            type(
                    "network-manager.config",
                    Kind.TABLE,
                    "",
                    "NetworkManager's merged configuration: SECTION.KEY",
                    "NetworkManager.conf and conf.d in /etc, /run, /usr/lib"),
            type(
                    "network.managers",
                    Kind.TABLE,
                    "",
                    "further network managers that run, or start with the host: wicked is true",
                    "as network-manager.active"),
            type(
                    "wicked.interfaces",
                    Kind.ROWS,
                    "file, line, name, startmode",
                    "interfaces that wicked has a file for; it configures no others",
                    "/etc/sysconfig/network/ifcfg-NAME, /etc/wicked/ifconfig/*.xml"),
            type(
                    "cloud-init.hotplug",
                    Kind.FLAG,
                    "",
                    "cloud-init reacts to every network interface that comes or goes, whatever its driver",
                    "the rule that it writes to /etc/udev/rules.d; in an image also updates: in /etc/cloud"),
            type(
                    "systemd-networkd.active",
                    Kind.FLAG,
                    "",
                    "systemd-networkd is running, or starts with the host",
                    "as network-manager.active"),
            type(
                    "systemd-networkd.networks",
                    Kind.ROWS,
                    "file, line, match, unmanaged",
                    "which interfaces systemd-networkd configures (unmanaged: no) or leaves alone; the first that matches counts",
                    ".network files with their drop-ins in systemd/network of /etc, /run, /usr/local/lib, /usr/lib, /lib; those that netplan makes when the host starts, of its files and of network: in /etc/cloud"),
            type(
                    "systemd-networkd.config",
                    Kind.TABLE,
                    "",
                    "merged configuration of systemd-networkd itself: SECTION.KEY",
                    "networkd.conf and networkd.conf.d in systemd of /etc, /run, /usr/local/lib, /usr/lib, /lib"),
            type(
                    "systemd.version",
                    Kind.VERSION,
                    "",
                    "version of systemd; absent: it is not there",
                    "the name of libsystemd-shared-VERSION.so, packages"),
            type(
                    "udev.links",
                    Kind.ROWS,
                    "file, line, match, mac-address-policy",
                    "what udev makes of the addresses of new devices; the first that matches counts",
                    ".link files, where systemd-networkd.networks come from"),
            type(
                    "udev.mac-address-policy",
                    Kind.TABLE,
                    "",
                    "MACAddressPolicy for devices as Calico makes them, by their kind: vxlan, veth, ipip, wireguard; and flannel, the VXLAN of flannel",
                    "the first of udev.links that matches such a device"),
            type(
                    "firewalld.active",
                    Kind.FLAG,
                    "",
                    "firewalld is running, or starts with the host",
                    "as network-manager.active"),
            type("ufw.active", Kind.FLAG, "", "ufw is switched on", "ENABLED in /etc/ufw/ufw.conf and its unit"),
            type(
                    "nftables.active",
                    Kind.FLAG,
                    "",
                    "the nftables service starts with the host",
                    "unit links in /etc/systemd/system"),
            type(
                    "iptables.active",
                    Kind.FLAG,
                    "",
                    "the iptables service or netfilter-persistent starts with the host",
                    "unit links in /etc/systemd/system"),
            // the rules of the host's own firewall
            type(
                    "firewall.legacy.ipv4",
                    Kind.TEXTS,
                    "",
                    "rules of legacy iptables, by lines; absent: there are none",
                    "iptables-legacy-save; of a report: iptables-save"),
            type(
                    "firewall.legacy.ipv6",
                    Kind.TEXTS,
                    "",
                    "rules of legacy ip6tables, by lines; absent: there are none",
                    "ip6tables-legacy-save; of a report: ip6tables-save"),
            type(
                    "firewall.nft.ruleset",
                    Kind.TEXTS,
                    "",
                    "rules of nf_tables, as objects of JSON; absent: there are none",
                    "nft -j list ruleset"),
            type(
                    "firewall.nft.ipv4",
                    Kind.TEXTS,
                    "",
                    "those of them that iptables made with extensions, by lines; absent: there are none",
                    "iptables-nft-save"),
            type(
                    "firewall.nft.ipv6",
                    Kind.TEXTS,
                    "",
                    "those of them that ip6tables made with extensions, by lines; absent: there are none",
                    "ip6tables-nft-save"),
            // the tools of netfilter
            type("nft.version", Kind.VERSION, "", "version of nft", "packages, nft --version"),
            type("iptables.version", Kind.VERSION, "", "version of iptables", "packages, iptables --version"),
            type(
                    "iptables.backend",
                    Kind.TEXT,
                    "",
                    "what the host's iptables works with: nft, legacy",
                    "the link iptables, iptables --version"),
            type("ipset.version", Kind.VERSION, "", "version of ipset", "packages"),
            type("conntrack.version", Kind.VERSION, "", "version of conntrack", "packages, conntrack --version"),
            // privileges
            type("privilege.uid", Kind.NUMBER, "user id", "who collects the facts", "/proc/self/status"),
            type(
                    "privilege.self.effective",
                    Kind.TEXTS,
                    "",
                    "capabilities of the collecting process",
                    "/proc/self/status"),
            type(
                    "privilege.self.bounding",
                    Kind.TEXTS,
                    "",
                    "capabilities that the collecting process could be given",
                    "/proc/self/status"),
            type(
                    "privilege.init.bounding",
                    Kind.TEXTS,
                    "",
                    "capabilities that the first process could be given",
                    "/proc/1/status"),
            type(
                    "privilege.user-namespace",
                    Kind.TEXT,
                    "",
                    "initial: root here is root of the machine; nested: it is not",
                    "/proc/self/uid_map"),
            type(
                    "privilege.calico.effective",
                    Kind.TEXTS,
                    "",
                    "capabilities of calico-node or Felix, where one runs",
                    "/proc/*/status"),
            // Python, OpenStack
            type(
                    "python3.version",
                    Kind.VERSION,
                    "",
                    "newest Python 3 on the host",
                    "python3.N in the usual program directories"),
            type(
                    "openstack.packages",
                    Kind.TABLE,
                    "",
                    "installed packages of OpenStack, with their version",
                    "/var/lib/dpkg/status, rpm -qa, dist-info of Python packages"),
            type(
                    "openstack.python",
                    Kind.TEXTS,
                    "",
                    "major Python versions that the installed OpenStack runs with",
                    "names and places of the OpenStack packages"),
            type(
                    "openstack.release",
                    Kind.TEXT,
                    "",
                    "release of the installed OpenStack, such as ussuri",
                    "version of the nova or neutron packages"),
            // Kubernetes
            type("kubernetes.version", Kind.VERSION, "", "version of the kubelet", "kubelet --version, packages"),
            type("kubernetes.kubelet", Kind.TEXT, "", "path of the kubelet program", "the usual program directories"),
            type(
                    "kubernetes.kubelet.arguments",
                    Kind.TABLE,
                    "",
                    "flags of the kubelet",
                    "/proc/*/cmdline, /var/lib/kubelet/kubeadm-flags.env"),
            type(
                    "kubernetes.cni.configurations",
                    Kind.TABLE,
                    "",
                    "CNI configurations, with the plugin types in them",
                    "/etc/cni/net.d, or where the container runtime is told to look"),
            type(
                    "kubernetes.cni.plugins",
                    Kind.TEXTS,
                    "",
                    "CNI plugin programs",
                    "/opt/cni/bin, or where the container runtime is told to look"),
            type(
                    "kubernetes.cni.mtu",
                    Kind.NUMBER,
                    "bytes",
                    "MTU that the CNI configuration of Calico sets; absent: none is there, or it leaves it to Calico",
                    "the CNI configurations"),
            type(
                    "kubernetes.container-runtime",
                    Kind.TEXT,
                    "",
                    "container runtime of the kubelet: containerd, cri-o, docker; k3s (RKE2 too), microk8s: their own",
                    "flags and configuration of the kubelet, the usual program directories"),
            type(
                    "kubernetes.container-runtime.version",
                    Kind.VERSION,
                    "",
                    "version of the container runtime",
                    "packages, its own --version"),
            type(
                    "kubernetes.kube-proxy.mode",
                    Kind.TEXT,
                    "",
                    "mode of kube-proxy: iptables, ipvs, nftables; absent: none runs here",
                    "/proc/*/cmdline and the configuration it names, static pods, settings of k3s and MicroK8s"),
            type(
                    "kubernetes.kube-proxy.arguments",
                    Kind.TABLE,
                    "",
                    "flags of kube-proxy",
                    "/proc/*/cmdline, static pods, settings of k3s and MicroK8s"),
            type(
                    "kubernetes.api-server.arguments",
                    Kind.TABLE,
                    "",
                    "flags of the kube-apiserver, without what may be secret; absent: none runs here",
                    "/proc/*/cmdline, static pods, settings of k3s and MicroK8s"),
            type(
                    "kubernetes.cluster-cidr",
                    Kind.TEXTS,
                    "",
                    "ranges of pod addresses",
                    "flags of kube-controller-manager, kube-proxy and k3s, --pod-cidr"),
            type(
                    "kubernetes.service-cidr",
                    Kind.TEXTS,
                    "",
                    "ranges of service addresses",
                    "flags of kube-apiserver, kube-controller-manager and k3s, --service-cidr"),
            type("openshift.version", Kind.VERSION, "", "version of OpenShift", "OPENSHIFT_VERSION of os-release"),
            // Calico itself
            type(
                    "felix.environment",
                    Kind.TABLE,
                    "",
                    "environment of Felix or calico-node, without what may be secret",
                    "/proc/*/environ, /etc/calico/calico.env"),
            type(
                    "felix.configuration",
                    Kind.TABLE,
                    "",
                    "settings in Felix's file, by names in lower case, without what may be secret",
                    "/etc/calico/felix.cfg"),
            // the machine
            type(
                    "hardware.cpus",
                    Kind.NUMBER,
                    "processors",
                    "processors that are online",
                    "/sys/devices/system/cpu/online"),
            type("hardware.memory", Kind.NUMBER, "bytes", "memory of the machine", "/proc/meminfo"),
            type(
                    "hardware.dmi",
                    Kind.TABLE,
                    "",
                    "what the firmware says of the machine, such as sys_vendor and product_name; no serial numbers",
                    "/sys/class/dmi/id"),
            type(
                    "hardware.hypervisor",
                    Kind.TEXT,
                    "",
                    "hypervisor that the machine runs on: its name, or other; absent: none shows",
                    "/sys/hypervisor/type, the flags in /proc/cpuinfo"),
            // the datastore
            type(
                    "etcd.endpoints",
                    Kind.ROWS,
                    "endpoint, way, reached, tls, state, version, api, health, cluster, member, why",
                    "what each endpoint answered; way: network, local (on this host), elsewhere (asked from another host), empty (the time was up); tls: right, untrusted, wrong-name, expired, not-yet-valid, certificate-missing, certificate-refused, not-spoken, failed; state: serves, wants-user, not-serving, unasked (no JSON, or the time was up), api-v2, no-etcd, no-answer, not-reached, tls; absent: none was given",
                    "the endpoints given with --etcd-endpoints"),
            type(
                    "etcd.reachable",
                    Kind.FLAG,
                    "",
                    "the etcd cluster answers and speaks the v3 API",
                    "the endpoints given with --etcd-endpoints"),
            type(
                    "etcd.members",
                    Kind.NUMBER,
                    "members",
                    "members of the etcd cluster that have a vote",
                    "the endpoints given with --etcd-endpoints"),
            type(
                    "etcd.learners",
                    Kind.NUMBER,
                    "members",
                    "members of the etcd cluster that only follow",
                    "the endpoints given with --etcd-endpoints"),
            type(
                    "etcd.silent-members",
                    Kind.TEXTS,
                    "",
                    "members that do not answer where they say that clients find them; absent: all answer",
                    "the endpoints given with --etcd-endpoints, and the members that they name"),
            type(
                    "etcd.version",
                    Kind.VERSION,
                    "",
                    "lowest version of etcd among the members that answer",
                    "the endpoints given with --etcd-endpoints, and the members that they name"),
            type(
                    "etcd.mixed-versions",
                    Kind.TEXTS,
                    "",
                    "versions of the members where their minor versions differ; absent: they do not",
                    "the endpoints given with --etcd-endpoints, and the members that they name"),
            type(
                    "etcd.alarms",
                    Kind.TEXTS,
                    "",
                    "alarms that the cluster has raised, such as NOSPACE; absent: none",
                    "the endpoints given with --etcd-endpoints"),
            type(
                    "etcd.clock-skew",
                    Kind.NUMBER,
                    "seconds",
                    "largest difference between the clock of this host and that of an endpoint",
                    "the header Date of the endpoints given with --etcd-endpoints"),
            type(
                    "kubernetes.api-server.endpoints",
                    Kind.ROWS,
                    "endpoint, way, reached, tls, state, version, why",
                    "what each API server answered, in the words of etcd.endpoints; state no-kubernetes: it is none; absent: none was given",
                    "the API servers given with --kube-apiserver"),
            type(
                    "kubernetes.api-server.version",
                    Kind.VERSION,
                    "",
                    "version of the Kubernetes API server, without its v",
                    "the API servers given with --kube-apiserver"));

    private FactCatalogue() {}

    private static FactType type(String name, Kind kind, String unit, String description, String comesFrom) {
        return new FactType(name, kind, unit, description, comesFrom);
    }
}
