package calico.preflight.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder of rules with a few packs over those that ship: versions that build on each other and differ in what a test can
 * name, whatever the packs that ship are.
 */
final class Chain {

    private final Path folder;

    private Chain(Path folder) {
        this.folder = folder;
    }

    /**
     * Three versions, 9.1 to 9.3, on two platforms, judged by the rules that ship:
     *
     * <ul>
     *   <li>9.1: kernel 3.10, u32, BGP, and IP-in-IP with that encapsulation; iptables only, no VXLAN
     *   <li>9.2: no u32; VXLAN
     *   <li>9.3: kernel 5.10; on Kubernetes the eBPF dataplane, which asks for a kernel 5.3 and IPv4
     * </ul>
     */
    static Chain in(Path folder) {
        return new Chain(folder)
                .with("packs/calico-9.1.yaml", """
                        schema: calico-preflight/rule-pack/1
                        id: calico-9.1
                        calico: "9.1"
                        inference: [kernel.drl, host.drl, network.drl]
                        defaults:
                          kubernetes: {encapsulation: ipip, datastore: kubernetes}
                          openstack: {encapsulation: ipip, datastore: etcd}
                        offers:
                          kubernetes: {dataplane: [iptables], encapsulation: [none, ipip]}
                          openstack: {dataplane: [iptables], encapsulation: [none, ipip]}
                        documents:
                          page: {title: "Calico v9.1: Requirements", url: "https://example.org/v9.1/requirements"}
                        requirements:
                          - id: kernel-version
                            kind: kernel-version
                            level: must
                            settledBy: image
                            title: Linux kernel 3.10 or newer
                            parameters: {minimum: "3.10"}
                            source: {document: page, section: Node requirements}
                            remedy: Boot a newer kernel.
                          - id: kernel-module/xt_u32
                            kind: kernel-module
                            level: must
                            settledBy: image
                            title: Kernel module xt_u32
                            parameters: {name: xt_u32}
                            source: {document: page, section: Kernel dependencies}
                            remedy: Enable CONFIG_NETFILTER_XT_MATCH_U32.
                          - id: kernel-module/ipip
                            kind: kernel-module
                            level: must
                            settledBy: image
                            title: Kernel module ipip
                            appliesTo: {encapsulation: [ipip]}
                            parameters: {name: ipip}
                            source: {document: page, section: Kernel dependencies}
                            remedy: Enable CONFIG_NET_IPIP.
                          - id: port/bgp
                            platforms: [openstack]
                            kind: port
                            level: must
                            settledBy: network
                            title: TCP 179 (BGP) between all hosts
                            parameters: {protocol: tcp, port: 179, direction: both, hosts: all}
                            source: {document: page, section: Network requirements}
                            remedy: Let TCP port 179 pass.
                          - id: distribution
                            kind: distribution
                            level: known-to-work
                            settledBy: image
                            title: A distribution that is known to work
                            parameters: {anyOf: [{id: debian, version: "11"}, {id: ubuntu}]}
                            source: {document: page, section: Node requirements}
                        """)
                .with("packs/calico-9.2.yaml", """
                        schema: calico-preflight/rule-pack/1
                        id: calico-9.2
                        calico: "9.2"
                        extends: calico-9.1
                        offers:
                          kubernetes: {encapsulation: [none, ipip, vxlan]}
                          openstack: {encapsulation: [none, ipip, vxlan]}
                        documents:
                          page: {title: "Calico v9.2: Requirements", url: "https://example.org/v9.2/requirements"}
                        override:
                          - {id: distribution, parameters: {anyOf: [{id: debian, version: "12"}, {id: ubuntu}]}}
                        remove:
                          - {id: kernel-module/xt_u32, because: Felix stopped using it.}
                        """)
                .with("packs/calico-9.3.yaml", """
                        schema: calico-preflight/rule-pack/1
                        id: calico-9.3
                        calico: "9.3"
                        extends: calico-9.2
                        offers:
                          kubernetes: {dataplane: [iptables, ebpf]}
                        documents:
                          page: {title: "Calico v9.3: Requirements", url: "https://example.org/v9.3/requirements"}
                        requirements:
                          - id: kernel-version/ebpf
                            platforms: [kubernetes]
                            kind: kernel-version
                            level: must
                            settledBy: image
                            title: Linux kernel 6.12 or newer for the eBPF dataplane
                            appliesTo: {dataplane: [ebpf]}
                            parameters: {minimum: "6.12"}
                            source: {document: page, section: Node requirements}
                            remedy: Boot a kernel for eBPF.
                          - id: ebpf/encapsulation
                            platforms: [kubernetes]
                            kind: target
                            level: must
                            settledBy: image
                            title: No IP-in-IP with the eBPF dataplane
                            appliesTo: {dataplane: [ebpf]}
                            parameters: {option: encapsulation, anyOf: [none, vxlan]}
                            source: {document: page, section: Limitations}
                            remedy: Choose VXLAN.
                        override:
                          - id: kernel-version
                            title: Linux kernel 5.10 or newer
                            level: recommended
                            parameters: {minimum: "5.10"}
                            appliesTo: {dataplane: [iptables]}
                        """);
    }

    /** A file with this content. */
    Chain with(String name, String content) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A facts file of a host. Returns its path. */
    String facts(String name, String kernel) {
        with(name, """
                {"schema": "calico-preflight/facts/1",
                 "host": {"name": "%1$s", "source": "live"},
                 "collectedAt": "2026-01-01T00:00:00Z",
                 "facts": [
                  {"fact": "host.name", "state": "known", "value": "%1$s", "origin": "/etc/hostname:1"},
                  {"fact": "host.architecture", "state": "known", "value": "x86_64", "origin": "/proc/sys/kernel/arch:1"},
                  {"fact": "os.id", "state": "known", "value": "debian", "origin": "/etc/os-release:2"},
                  {"fact": "os.version", "state": "known", "value": "12", "origin": "/etc/os-release:3"},
                  {"fact": "kernel.release", "state": "known", "value": "%2$s", "origin": "/proc/sys/kernel/osrelease:1"},
                  {"fact": "kernel.modules.builtin", "state": "known", "value": {"ipip": "kernel/net/ipv4/ipip.ko"},
                   "origin": "/lib/modules/%2$s/modules.builtin"},
                  {"fact": "kernel.modules.files", "state": "known", "value": {"vxlan": "kernel/drivers/net/vxlan.ko",
                  "udp_tunnel": "kernel/net/ipv4/udp_tunnel.ko"},
                   "origin": "/lib/modules/%2$s"}]}
                """.formatted(name.replace(".json", ""), kernel));
        return folder.resolve(name).toString();
    }

    /** The arguments with the option that brings these packs in. */
    String[] rules(String... arguments) {
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--rules";
        all[arguments.length + 1] = folder.toString();
        return all;
    }

    /** Runs with these packs. */
    Run run(String... arguments) {
        return Run.of(rules(arguments));
    }

    /** The folder. */
    Path folder() {
        return folder;
    }
}
