#!/bin/sh
# Keeps what calico-preflight looks at on this host, as one archive that is judged elsewhere:
#
#   sh collect.sh HOST.tar.gz           into a file
#   sh collect.sh > HOST.tar.gz         to standard output
#
#   calico-preflight check --source HOST.tar.gz
#
# It needs sh, awk, tar and gzip (dash, bash, busybox, GNU), looks only, and makes the kernel load nothing. Root sees
# more; what cannot be seen is said to be so. Values that may be secret are masked here, before they leave the host.
# Tools that the host lacks are looked for in the directory that CALICO_PREFLIGHT_TOOLS names.
# The archive: manifest.json; index, what was seen, one statement a line (tabs between word, path and detail; lines that
# begin with a tab are the entries of the listing or walk before them; the last one is "end"); files/PATH and
# commands/NAME, what was read.

# What is kept. file: as it is; text: without secrets; words: the same, for words between blanks; head: the header of a
# program; list: names; walk: names of all files below; link: where it leads, and the links after it.
# machine: what is derived from the id of the machine; root: of a table of mounts, those at the root. {release} is the
# kernel that runs.
what_is_kept() {
    cat <<'LIST'
file /proc/sys/kernel/*release
file /proc/sys/kernel/hostname
file /proc/sys/kernel/version
file /proc/sys/kernel/arch
file /proc/version
file /etc/hostname
machine /etc/machine-id
machine /var/lib/dbus/machine-id
head /proc/self/exe
head /bin/sh
head /usr/bin/env
head /sbin/init
head /usr/lib/systemd/systemd
head /bin/busybox
head /usr/bin/ls
head /bin/ls
kind /etc
kind /lib
kind /usr/lib
kind /var/lib
file /etc/os-release
file /usr/lib/os-release
file /etc/centos-release
file /etc/redhat-release
file /etc/openstack-release
file /etc/rhosp-release
file /etc/rdo-release
text /run/systemd/container
kind /.dockerenv
kind /run/.containerenv
file /proc/1/cgroup
file /proc/1/status
file /proc/1/mounts
root /proc/1/mountinfo
file /proc/self/status
file /proc/self/uid_map
file /proc/self/mounts
root /proc/self/mountinfo
link /proc/self
link /proc/self/ns/pid
link /proc/self/ns/mnt
link /proc/self/ns/net
link /proc/1/ns/mnt
link /proc/1/ns/net
words /proc/cmdline
file /proc/config.gz
list /boot
file /boot/config
file /boot/config.gz
file /boot/config.xz
file /boot/config.zst
file /boot/config-{release}
file /boot/config-{release}.gz
file /boot/config-{release}.xz
file /boot/config-{release}.zst
link /lib
link /lib/modules
link /usr/lib/modules
list /lib/modules
list /lib/modules/*
list /usr/lib/modules
list /usr/lib/modules/*
walk /lib/modules/{release}
file /lib/modules/{release}/modules.builtin
file /lib/modules/{release}/modules.builtin.modinfo
file /lib/modules/{release}/modules.dep
file /lib/modules/{release}/modules.alias
file /lib/modules/{release}/config
file /lib/modules/{release}/config.gz
file /lib/modules/{release}/config.xz
file /lib/modules/{release}/config.zst
file /lib/modules/{release}/build/.config
file /lib/modules/{release}/build/.config.gz
file /lib/modules/{release}/build/.config.xz
file /lib/modules/{release}/build/.config.zst
walk /usr/lib/modules/{release}
file /usr/lib/modules/{release}/modules.builtin
file /usr/lib/modules/{release}/modules.builtin.modinfo
file /usr/lib/modules/{release}/modules.dep
file /usr/lib/modules/{release}/modules.alias
file /usr/lib/modules/{release}/config
file /usr/lib/modules/{release}/config.gz
file /usr/lib/modules/{release}/config.xz
file /usr/lib/modules/{release}/config.zst
file /usr/lib/ostree-boot/config-{release}
file /usr/lib/ostree-boot/config-{release}.gz
file /usr/lib/ostree-boot/config-{release}.xz
file /usr/lib/ostree-boot/config-{release}.zst
file /lib/kernel/config-{release}
file /lib/kernel/config-{release}.gz
file /lib/kernel/config-{release}.xz
file /lib/kernel/config-{release}.zst
file /usr/lib/kernel/config-{release}
file /usr/lib/kernel/config-{release}.gz
file /usr/lib/kernel/config-{release}.xz
file /usr/lib/kernel/config-{release}.zst
file /usr/src/linux-headers-{release}/.config
file /usr/src/linux-headers-{release}/.config.gz
file /usr/src/linux-headers-{release}/.config.xz
file /usr/src/linux-headers-{release}/.config.zst
file /usr/src/kernels/{release}/.config
file /usr/src/kernels/{release}/.config.gz
file /usr/src/kernels/{release}/.config.xz
file /usr/src/kernels/{release}/.config.zst
file /proc/modules
file /proc/filesystems
list /sys/module
kind /sys/kernel
kind /sys/kernel/uevent_seqnum
kind /sys/kernel/btf/vmlinux
list /etc/modprobe.d
list /run/modprobe.d
list /usr/local/lib/modprobe.d
list /usr/lib/modprobe.d
list /lib/modprobe.d
link /etc/modprobe.d/*.conf
link /run/modprobe.d/*.conf
link /usr/local/lib/modprobe.d/*.conf
link /usr/lib/modprobe.d/*.conf
link /lib/modprobe.d/*.conf
file /etc/modprobe.d/*.conf
file /run/modprobe.d/*.conf
file /usr/local/lib/modprobe.d/*.conf
file /usr/lib/modprobe.d/*.conf
file /lib/modprobe.d/*.conf
list /proc/sys
kind /proc/sys/kernel
file /proc/sys/kernel/modprobe
file /proc/sys/kernel/modules_disabled
file /proc/sys/kernel/unprivileged_bpf_disabled
file /proc/sys/user/max_user_namespaces
file /proc/sys/vm/max_map_count
kind /proc/sys/net/ipv4
kind /proc/sys/net/ipv6
kind /proc/sys/net/core
list /proc/sys/net/ipv4
list /proc/sys/net/ipv4/conf/all
list /proc/sys/net/ipv4/conf/default
list /proc/sys/net/ipv6
list /proc/sys/net/ipv6/conf/all
list /proc/sys/net/ipv6/conf/default
list /proc/sys/net/core
list /proc/sys/net/netfilter
list /proc/sys/net/bridge
list /proc/sys/fs/inotify
file /proc/sys/net/ipv4/*
file /proc/sys/net/ipv4/conf/all/*
file /proc/sys/net/ipv4/conf/default/*
file /proc/sys/net/ipv6/*
file /proc/sys/net/ipv6/conf/all/*
file /proc/sys/net/ipv6/conf/default/*
file /proc/sys/net/core/*
file /proc/sys/net/netfilter/*
file /proc/sys/net/bridge/*
file /proc/sys/fs/inotify/*
file /sys/devices/system/cpu/online
file /proc/cpuinfo
file /proc/meminfo
list /sys/class/dmi/id
file /sys/class/dmi/id/*
file /sys/hypervisor/type
list /sys/class/net
file /sys/class/net/*/mtu
file /sys/class/net/*/operstate
file /sys/class/net/*/address
file /sys/class/net/*/ifindex
link /sys/class/net/*/device/driver
file /proc/net/ip_tables_names
file /proc/net/ip_tables_matches
file /proc/net/ip_tables_targets
file /proc/net/ip6_tables_names
file /proc/net/ip6_tables_matches
file /proc/net/ip6_tables_targets
file /proc/net/netlink
file /proc/net/route
file /proc/net/ipv6_route
file /proc/net/fib_trie
file /proc/net/if_inet6
file /proc/net/tcp
file /proc/net/tcp6
file /proc/net/udp
file /proc/net/udp6
list /usr/sbin
list /usr/bin
list /sbin
list /bin
list /usr/local/sbin
list /usr/local/bin
list /usr/libexec
list /opt/bin
list /opt/kubernetes/bin
link /usr/sbin/iptables
link /usr/bin/iptables
link /sbin/iptables
link /bin/iptables
link /usr/local/sbin/iptables
link /usr/local/bin/iptables
file /var/lib/dpkg/status
file /lib/apk/db/installed
file /usr/lib/apk/db/installed
list /var/lib/rpm
list /usr/lib/sysimage/rpm
list /usr/share/rpm
list /opt
list /opt/rh
list /opt/stack
list /opt/*/bin
list /opt/*/lib
list /opt/rh/*/root/usr/bin
list /opt/stack/*
list /opt/stack/*/lib
list /openstack/venvs
list /openstack/venvs/*/lib
list /usr/lib
list /usr/lib64
list /usr/local/lib
list /var/lib/kolla/venv/lib
list /usr/lib/python[23]*/site-packages
list /usr/lib/python[23]*/dist-packages
list /usr/lib64/python[23]*/site-packages
list /usr/lib64/python[23]*/dist-packages
list /usr/local/lib/python[23]*/site-packages
list /usr/local/lib/python[23]*/dist-packages
list /var/lib/kolla/venv/lib/python[23]*/site-packages
list /var/lib/kolla/venv/lib/python[23]*/dist-packages
list /openstack/venvs/*/lib/python[23]*/site-packages
list /openstack/venvs/*/lib/python[23]*/dist-packages
list /opt/*/lib/python[23]*/site-packages
list /opt/*/lib/python[23]*/dist-packages
list /opt/stack/*/lib/python[23]*/site-packages
list /opt/stack/*/lib/python[23]*/dist-packages
list /etc/systemd
list /run/systemd
list /usr/local/lib/systemd
list /usr/lib/systemd
list /lib/systemd
list /usr/lib64/systemd
list /usr/lib/*-linux-gnu*/systemd
list /etc/systemd/network
list /run/systemd/network
list /usr/local/lib/systemd/network
list /usr/lib/systemd/network
list /lib/systemd/network
list /etc/systemd/network/*.d
list /run/systemd/network/*.d
list /usr/local/lib/systemd/network/*.d
list /usr/lib/systemd/network/*.d
list /lib/systemd/network/*.d
list /etc/systemd/networkd.conf.d
list /run/systemd/networkd.conf.d
list /usr/local/lib/systemd/networkd.conf.d
list /usr/lib/systemd/networkd.conf.d
list /lib/systemd/networkd.conf.d
text /etc/systemd/networkd.conf
text /run/systemd/networkd.conf
text /usr/local/lib/systemd/networkd.conf
text /usr/lib/systemd/networkd.conf
text /lib/systemd/networkd.conf
text /etc/systemd/networkd.conf.d/*.conf
text /run/systemd/networkd.conf.d/*.conf
text /usr/local/lib/systemd/networkd.conf.d/*.conf
text /usr/lib/systemd/networkd.conf.d/*.conf
text /lib/systemd/networkd.conf.d/*.conf
text /etc/systemd/network/*.network
text /run/systemd/network/*.network
text /usr/local/lib/systemd/network/*.network
text /usr/lib/systemd/network/*.network
text /lib/systemd/network/*.network
text /etc/systemd/network/*.link
text /run/systemd/network/*.link
text /usr/local/lib/systemd/network/*.link
text /usr/lib/systemd/network/*.link
text /lib/systemd/network/*.link
text /etc/systemd/network/*.d/*.conf
text /run/systemd/network/*.d/*.conf
text /usr/local/lib/systemd/network/*.d/*.conf
text /usr/lib/systemd/network/*.d/*.conf
text /lib/systemd/network/*.d/*.conf
link /etc/systemd/networkd.conf
link /etc/systemd/networkd.conf.d/*.conf
link /etc/systemd/network/*.network
link /etc/systemd/network/*.link
link /etc/systemd/network/*.d/*.conf
link /run/systemd/network/*.network
link /run/systemd/network/*.link
link /usr/lib/systemd/network/*.network
link /usr/lib/systemd/network/*.link
link /lib/systemd/network/*.network
link /lib/systemd/network/*.link
list /etc/systemd/system
list /etc/systemd/system/*.wants
list /etc/systemd/system/*.requires
list /usr/lib/systemd/system
list /usr/lib/systemd/system/*.wants
list /usr/lib/systemd/system/*.requires
list /lib/systemd/system
list /lib/systemd/system/*.wants
list /lib/systemd/system/*.requires
link /etc/systemd/system/*.service
list /usr/lib/NetworkManager/conf.d
list /run/NetworkManager/conf.d
kind /etc/sysconfig/network
list /etc/sysconfig/network
text /etc/sysconfig/network/ifcfg-*
kind /etc/wicked/ifconfig
list /etc/wicked/ifconfig
text /etc/wicked/ifconfig/*.xml
kind /etc/wicked/nanny
list /etc/wicked/nanny
file /etc/udev/rules.d/10-cloud-init-hook-hotplug.rules
file /etc/udev/rules.d/90-cloud-init-hook-hotplug.rules
list /etc/NetworkManager/conf.d
text /usr/lib/NetworkManager/conf.d/*.conf
text /run/NetworkManager/conf.d/*.conf
text /etc/NetworkManager/conf.d/*.conf
text /etc/NetworkManager/NetworkManager.conf
text /etc/NetworkManager/nm-system-settings.conf
text /var/lib/NetworkManager/NetworkManager-intern.conf
list /usr/lib/NetworkManager
list /usr/lib64/NetworkManager
list /usr/lib/*-linux-gnu*/NetworkManager
text /etc/ufw/ufw.conf
text /etc/calico/calico.env
text /etc/calico/felix.cfg
text /var/lib/kubelet/config.yaml
text /var/lib/kubelet/kubeadm-flags.env
text /var/lib/kube-proxy/config.conf
text /var/lib/kube-proxy/kube-proxy-config.yaml
text /etc/kubernetes/manifests/kube-proxy.yaml
text /etc/kubernetes/manifests/kube-apiserver.yaml
text /etc/kubernetes/manifests/kube-controller-manager.yaml
text /var/lib/rancher/rke2/agent/pod-manifests/kube-proxy.yaml
text /var/lib/rancher/rke2/agent/pod-manifests/kube-apiserver.yaml
text /var/lib/rancher/rke2/agent/pod-manifests/kube-controller-manager.yaml
text /var/snap/microk8s/current/args/kube-proxy
text /var/snap/microk8s/current/args/kube-apiserver
text /var/snap/microk8s/current/args/kube-controller-manager
text /var/snap/microk8s/current/args/containerd.toml
kind /var/snap/microk8s/current
list /etc/rancher/k3s/config.yaml.d
list /etc/rancher/rke2/config.yaml.d
text /etc/rancher/k3s/config.yaml
text /etc/rancher/k3s/config.yaml.d/*.yaml
text /etc/rancher/rke2/config.yaml
text /etc/rancher/rke2/config.yaml.d/*.yaml
text /etc/systemd/system/k3s.service
text /etc/systemd/system/k3s-agent.service
text /usr/local/lib/systemd/system/rke2-server.service
text /usr/local/lib/systemd/system/rke2-agent.service
text /usr/lib/systemd/system/rke2-server.service
text /usr/lib/systemd/system/rke2-agent.service
text /var/lib/rancher/k3s/agent/etc/containerd/config.toml
text /var/lib/rancher/rke2/agent/etc/containerd/config.toml
text /etc/containerd/config.toml
list /etc/containerd/conf.d
text /etc/containerd/conf.d/*.toml
text /etc/crio/crio.conf
list /etc/crio/crio.conf.d
text /etc/crio/crio.conf.d/*
cni /etc/cni/net.d
list /opt/cni/bin
LIST
}

# The processes whose arguments are kept, by the names that the kernel gives them (15 characters at most).
has_arguments() {
    case $1 in kubelet | kube-proxy | kube-apiserver | kube-controller) return 0 ;; esac
    return 1
}

is_calico() {
    case $1 in calico-felix | felix | calico-node) return 0 ;; esac
    return 1
}

# Values of secret settings, credentials in addresses and private keys become [masked]; line numbers stay. With words=1
# each line is one word of a command line.
mask() {
    awk -v words="${1:-0}" '
function is_secret(name) {
    name = tolower(name)
    return name ~ /secret|passw|passphrase|token|key|credential|datastore[-_]endpoint|authorization$/ || name ~ /(^|[-_.])(auth|pass|pwd|psk|bearer)$/
}
# the length of what stands before the quote that ends it; -1 where none does
function quoted_length(text, quote,    i, c) {
    for (i = 1; i <= length(text); i++) {
        c = substr(text, i, 1)
        if (c == "\\" && quote == "\"") i++
        else if (c == quote) return i - 1
    }
    return -1
}
# the length of a list or object that begins here; -1 where it does not end on this line
function nested_length(text,    i, c, depth) {
    for (i = 1; i <= length(text); i++) {
        c = substr(text, i, 1)
        if (c == "[" || c == "{") depth++
        else if ((c == "]" || c == "}") && --depth == 0) return i
    }
    return -1
}
# credentials in addresses, of which a word may hold several with commas between; a password may have slashes and @ in it
function masked_addresses(text,    out, word, user) {
    out = ""
    while (match(text, /:\/\//)) {
        out = out substr(text, 1, RSTART + 2)
        text = substr(text, RSTART + 3)
        match(text, /^[^ \t"\047]*/)
        word = substr(text, 1, RLENGTH)
        if (match(word, /,[A-Za-z][A-Za-z0-9+.-]*:\/\//)) word = substr(word, 1, RSTART - 1)
        user = word
        sub(/[^@]*$/, "", user)
        if (user != "" && (user !~ /\// || user ~ /^[^\/@]*:/)) {
            out = out "[masked]@"
            text = substr(text, length(user) + 1)
        }
    }
    return out text
}
function masked_word(text,    first, n) {
    first = substr(text, 1, 1)
    if (first == "\"" || first == "\047") {
        n = quoted_length(substr(text, 2), first)
        rest = n < 0 ? "" : substr(text, n + 3)
        return first "[masked]" first
    }
    match(text, /^[^ \t]+/)
    rest = words ? "" : substr(text, RLENGTH + 1)
    return "[masked]"
}
function masked_value(text, name, key_quote, before,    first, n) {
    first = substr(text, 1, 1)
    rest = ""
    if (text ~ /^([|>][-+0-9]*)?[ \t]*$/) {
        block = words ? -1 : indent
        return text
    }
    if (text ~ /^[ \t]*\\[ \t]*$/) {
        pending = 1
        return text
    }
    if (first == "\"" || first == "\047") {
        n = quoted_length(substr(text, 2), first)
        if (n < 0) { block = indent; return first "[masked]" }
        rest = substr(text, n + 3)
        return first "[masked]" first
    }
    if (first == "[" || first == "{") {
        n = nested_length(text)
        if (n < 0) { block = indent; return first }
        rest = substr(text, n + 1)
        return "\"[masked]\""
    }
    if (before == "\"" || before == "\047") {
        n = quoted_length(text, before)
        rest = n < 0 ? "" : substr(text, n + 1)
        return "[masked]"
    }
    if (words) return "[masked]"
    if (name ~ /^-/) match(text, /^[^ \t"\047]+/)
    else if (key_quote == "\"" && match(text, /^[^],} \t]+/)) {
        rest = substr(text, RLENGTH + 1)
        return "\"[masked]\""
    } else return "[masked]"
    rest = substr(text, RLENGTH + 1)
    return "[masked]"
}
function masked(line,    out, word, before, after, separator, key_quote) {
    line = masked_addresses(line)
    gsub(/iscsi:[^ \t"\047]*@/, "iscsi:[masked]@", line)
    gsub(/LS0tLS1CRUdJTi[A-Za-z0-9+\/=]*/, "[masked]", line)
    rest = line
    out = ""
    if (pending) {
        pending = 0
        match(rest, /^[ \t]*/)
        out = substr(rest, 1, RLENGTH)
        rest = substr(rest, RLENGTH + 1)
        if (rest !~ /^["\047]?-/ && rest != "") out = out masked_word(rest)
    }
    while (match(rest, /[A-Za-z0-9_.-]+/)) {
        word = substr(rest, RSTART, RLENGTH)
        out = out substr(rest, 1, RSTART + RLENGTH - 1)
        before = substr(out, length(out) - RLENGTH, 1)
        after = substr(rest, RSTART + RLENGTH)
        rest = after
        if (!is_secret(word)) continue
        key_quote = after ~ /^["\047]/ ? substr(after, 1, 1) : ""
        if (match(after, /^["\047]?[ \t]*[=:][ \t]*/)) {
            separator = substr(after, 1, RLENGTH)
            out = out separator masked_value(substr(after, RLENGTH + 1), word, key_quote, key_quote == "" ? before : "")
        } else if (word ~ /^-/ && match(after, /^["\047]?[ \t]*\\?[ \t]*$/)) {
            pending = 1
        } else if (word ~ /^-/ && match(after, /^["\047]?[ \t]+/) && substr(after, RLENGTH + 1) !~ /^["\047]?-/) {
            separator = substr(after, 1, RLENGTH)
            out = out separator masked_word(substr(after, RLENGTH + 1))
        }
    }
    return out rest
}
BEGIN { block = -1 }
{
    match($0, /^[ \t]*/)
    indent = RLENGTH
    if (inside_key) {
        if ($0 ~ /-----END/) inside_key = 0
        print ""
        next
    }
    if ($0 ~ /-----BEGIN/) {
        if ($0 !~ /-----END/) inside_key = 1
        print "[masked]"
        next
    }
    if (block >= 0) {
        if ($0 ~ /^[ \t]*$/ || indent > block || (indent == block && $0 ~ /^[ \t]*- /)) { print ""; next }
        block = -1
    }
    print masked($0)
}'
}

# Of a process: its environment without all that Calico does not ask for, its arguments without secrets, or just the
# paths among its first words.
environment() {
    tr '\000\n' '\n\001' | grep -E '^(container|FELIX_[A-Za-z0-9_]*|CALICO_[A-Za-z0-9_]*|AS|CLUSTER_TYPE|CNI_MTU|DATASTORE_TYPE|IP6?|IP6?_AUTODETECTION_METHOD|NO_DEFAULT_POOLS|USE_POD_CIDR)=' |
        mask 1 | tr '\n\001' '\000\n'
}

arguments() {
    tr '\000\n' '\n\001' | mask 1 | tr '\n\001' '\000\n'
}

program_paths() {
    tr '\000\n' '\n\001' | awk 'NR > 3 { exit } { print NR == 1 || /^\// ? $0 : "[masked]" }' | tr '\n\001' '\000\n'
}

blank_separated() {
    tr ' ' '\n' | mask 1 | tr '\n' ' '
}

# Which directory of which file system it is; whose file system that is, is nobody's business.
mounts_at_root() {
    awk '$5 == "/" { print $1, $2, $3, $4, $5 }'
}

header() {
    dd bs=64 count=1 2>/dev/null
}

# The id of the machine is to be kept confidential (machine-id(5)): what leaves the host is the HMAC (RFC 2104) with
# SHA-256 of a name of ours, keyed with the id, as the class MachineId makes it. No id is in the arguments of a program.
machine_id() {
    read -r id || :
    id=$(printf '%s' "$id" | tr 'A-F' 'a-f')
    case $id in
        '' | uninitialized) printf '%s\n' "$id" ;;
        *[!0-9a-f]* | ????????????????????????????????*?) echo 'no machine id' ;;
        ????????????????????????????????) derived_id "$id" ;;
        *) echo 'no machine id' ;;
    esac
}

derived_id() {
    if ! command -v sha256sum >/dev/null 2>&1; then
        echo 'it: cannot be derived from without sha256sum' >&2
        return 1
    fi
    inner=$({ bytes "$1" 54 && bytes "$zeros$zeros$zeros" 54 && printf %s 'calico-preflight/machine-id/1'; } | sha256sum)
    outer=$({ bytes "$1" 92 && bytes "$zeros$zeros$zeros" 92 && bytes "${inner%% *}" 0; } | sha256sum)
    printf 'derived %.32s\n' "$outer"
}

# bytes HEX NUMBER: the bytes of these digits, each combined with the number by exclusive or.
bytes() {
    digits=$1
    while [ -n "$digits" ]; do
        others=${digits#??}
        printf '%b' "$(printf '\\0%03o' $((0x${digits%"$others"} ^ $2)))"
        digits=$others
    done
}

# --- statements of the index, on descriptor 3 ---

say() {
    case $2 in *"$newline"* | *"$tab"*) return 0 ;; esac
    if [ $# -gt 2 ]; then printf '%s\t%s\t%s\n' "$1" "$2" "$3" >&3; else printf '%s\t%s\n' "$1" "$2" >&3; fi || broken
}

# A statement could not be written, in whichever subshell that was: taking a file away works where no room is left.
broken() {
    rm -f "$work/sound"
}

# Is there room for what was just written? Not every program notices that it cannot write.
has_room() {
    if { printf '%4096s' '' >"$work/room"; } 2>/dev/null; then room=1; else room=; fi
    : >"$work/room"
    [ -n "$room" ]
}

# Is a path, which no test finds, hidden by a directory that may not be searched?
is_hidden() {
    at=$1
    turns=${2:-0}
    if [ -h "$at" ] && [ "$turns" -lt 10 ]; then
        target=$(readlink "$at" 2>/dev/null)
        case $target in /*) ;; *) target=${at%/*}/$target ;; esac
        is_hidden "$target" $((turns + 1))
        return
    fi
    while [ -n "$at" ]; do
        at=${at%/*}
        if [ -d "${at:-/}" ]; then
            [ ! -x "${at:-/}" ]
            return
        fi
    done
    return 1
}

# Says what is at a path, links followed; false where nothing is.
kind() {
    if [ -f "$1" ]; then
        say file "$1"
    elif [ -d "$1" ]; then
        say directory "$1"
    elif [ -e "$1" ]; then
        say other "$1"
    else
        if is_hidden "$1"; then say denied "$1" 'permission denied'; else say missing "$1"; fi
        return 1
    fi
}

make_parent() {
    parent=${1%/*}
    case $made in *"$newline$parent$newline"*) return 0 ;; esac
    mkdir -p "$parent"
    made=$made$parent$newline
}

# Says why something was refused, by the message of whoever tried.
refused() {
    why=
    IFS= read -r why <"$work/trouble" || :
    case $why in
        *'ermission denied'* | *'not permitted'*) say denied "$1" 'permission denied' ;;
        *'o such file'* | '') say failed "$1" 'cannot be read' ;;
        *)
            why=${why##*: }
            say failed "$1" "$(printf '%.1s' "$why" | tr '[:upper:]' '[:lower:]')${why#?}"
            ;;
    esac
}

# Keys, and the numbers by which one machine is told from all others.
is_private() {
    case $1 in */stable_secret | */tcp_fastopen_key | /sys/class/dmi/id/*_serial | /sys/class/dmi/id/*_uuid) return 0 ;; esac
    return 1
}

# keep FILTER PATH: what the filter leaves of a file.
keep() {
    if is_private "$2"; then return 0; fi
    kind "$2" || return 0
    [ -f "$2" ] || return 0
    make_parent "$work/capture/files$2"
    if { "$1" <"$2" >"$work/capture/files$2"; } 2>"$work/trouble" && has_room; then return 0; fi
    if has_room; then lacking=; else lacking=$full; fi
    rm -f "$work/capture/files$2"
    if [ -n "$lacking" ]; then say failed "$2" "$lacking"; else refused "$2"; fi
}

# All files of a directory at once, as starting a program for each of many takes long; where that gives trouble, one by one.
keep_directory() {
    set --
    for path in "$directory"/*; do
        if [ -f "$path" ] && ! is_private "$path"; then set -- "$@" "$path"; fi
    done
    if [ $# -eq 0 ]; then return 0; fi
    kept=$work/capture/files$directory
    make_parent "$kept/any"
    if cp -- "$@" "$kept" 2>/dev/null && has_room; then whole=1; else whole=; fi
    for path in "$@"; do
        if [ -n "$whole" ]; then say file "$path"; else keep cat "$path"; fi
    done
}

link() {
    from=$1
    for turn in 1 2 3 4 5 6 7 8 9 10; do
        if [ -h "$from" ]; then
            if ! target=$(readlink "$from" 2>"$work/trouble") || [ -z "$target" ]; then
                say denied-link "$from" 'permission denied'
                return 0
            fi
            case $target in *"$newline"* | *"$tab"*) return 0 ;; esac
            say link "$from" "$target"
            case $from in /proc/* | /sys/*) return 0 ;; esac
            case $target in /*) from=$target ;; *) from=${from%/*}/$target ;; esac
        else
            say no-link "$from"
            kind "$from" || :
            return 0
        fi
    done
    : "$turn"
}

list() {
    kind "$1" || return 0
    [ -d "$1" ] || return 0
    if [ ! -r "$1" ] || [ ! -x "$1" ]; then
        say denied "$1" 'permission denied'
        return 0
    fi
    entries=
    odd=
    for entry in "$1"/* "$1"/.[!.]* "$1"/..?*; do
        is=
        if [ -h "$entry" ]; then is=l; fi
        if [ -f "$entry" ]; then
            is=${is}f
        elif [ -d "$entry" ]; then
            is=${is}d
        elif [ -e "$entry" ]; then
            is=${is}o
        elif [ -n "$is" ]; then
            if ! is_hidden "$entry"; then is=${is}n; fi
        else
            continue
        fi
        name=${entry##*/}
        case $name in *"$newline"* | *"$tab"*) odd=1 ;; esac
        entries=1
        printf '\t%s\t%s\n' "$name" "$is" || odd=1
    done >"$work/names"
    if ! has_room; then
        say failed "$1" "$full"
        return 0
    fi
    if [ -n "$odd" ]; then
        say failed "$1" 'holds names with line breaks or tabs'
        return 0
    fi
    if [ -z "$entries" ] && ! ls "$1" >/dev/null 2>"$work/trouble"; then
        refused "$1"
        return 0
    fi
    say listing "$1"
    cat "$work/names" >&3 || broken
}

walk() {
    kind "$1" || return 0
    [ -d "$1" ] || return 0
    if (cd "$1" && find . -type f && find . -type l -exec test -f '{}' ';' -print) >"$work/names" 2>"$work/trouble"; then
        if ! has_room; then
            say failed "$1" "$full"
            return 0
        fi
        say walk "$1"
        sed -n "s|^\./|$tab|p" "$work/names" >&3 || broken
    else
        refused "$1"
    fi
}

# --- processes ---

processes() {
    list /proc
    set --
    for process in /proc/[0-9]*; do
        set -- "$@" "$work/capture/files$process"
        made=$made$work/capture/files$process$newline
    done
    mkdir -p "$@"
    for process in "$@"; do
        process=${process#"$work/capture/files"}
        name=
        { IFS= read -r name <"$process/comm"; } 2>/dev/null || continue
        say file "$process/comm"
        printf '%s\n' "$name" >"$work/capture/files$process/comm" || broken
        case $name in python*) keep program_paths "$process/cmdline" ;; esac
        if has_arguments "$name"; then
            keep arguments "$process/cmdline"
            keep cat "$process/status"
        fi
        if [ "$name" = kube-proxy ] && is_of_root "$process"; then named_configuration "$process"; fi
        if is_calico "$name"; then
            keep environment "$process/environ"
            keep cat "$process/status"
        fi
        if [ ! -r "$process/fd" ] || [ ! -x "$process/fd" ]; then say denied "$process/fd" 'permission denied'; fi
    done
    if ! [ -d /proc/1 ]; then say missing /proc/1; fi
    keep environment /proc/1/environ
    sockets
}

# Which process has which listening socket open; of all other open files only the numbers.
sockets() {
    tables=
    for table in /proc/net/tcp /proc/net/tcp6 /proc/net/udp /proc/net/udp6; do
        if [ -r "$table" ]; then tables="$tables $table"; fi
    done
    # shellcheck disable=SC2012,SC2086 # names here are numbers, and the tables have no blanks
    ls -l /proc/[0-9]*/fd 2>/dev/null | awk '
        FILENAME ~ /tcp6?$/ { if ($4 == "0A") wanted["socket:[" $10 "]"]; next }
        FILENAME ~ /udp6?$/ { if (FNR > 1) wanted["socket:[" $10 "]"]; next }
        /^\/proc\/[0-9]+\/fd:$/ { flush(); at = substr($0, 1, length($0) - 1); print "listing\t" at; next }
        at != "" && NF > 8 {
            leads = $(NF - 1) == "->"
            number = leads ? $(NF - 2) : $NF
            if (number !~ /^[0-9]+$/) next
            print "\t" number "\tl"
            if (leads && ($NF in wanted)) links = links "link\t" at "/" number "\t" $NF "\n"
        }
        function flush() { printf "%s", links; links = "" }
        END { flush() }' $tables - >&3 || broken
}

# Is it root who runs this process, really and effectively, and not by a program that lends its rights, such as sudo? Of
# others nothing is read that their arguments name: whoever runs this script may be allowed to see more than they are.
is_of_root() {
    [ ! -u "$1/exe" ] && awk '$1 == "Uid:" { root = $2 == "0" && $3 == "0" } END { exit !root }' "$1/status" 2>/dev/null
}

# The configuration that a kube-proxy was started with.
named_configuration() {
    named=$(tr '\000' '\n' <"$1/cmdline" 2>/dev/null |
        awk 'next_is { print; exit } $0 == "--config" { next_is = 1 } index($0, "--config=") == 1 { print substr($0, 10); exit }')
    case $named in
        */../* | */.. | *"$newline"*) ;;
        /*) keep proxy_configuration "$1/root$named" ;;
    esac
}

# Any file may be named as one, by mistake or on purpose; it is kept only if it says that it is one.
proxy_configuration() {
    cat >"$work/named"
    if grep -Eq "^kind:[[:blank:]]*[\"']?KubeProxyConfiguration[\"']?[[:blank:]]*(#.*)?\$" "$work/named"; then
        mask <"$work/named"
    else
        echo 'it: is no configuration of kube-proxy' >&2
        return 1
    fi
}

# --- container network interface ---

cni() {
    list "$1"
    for file in "$1"/*.conf "$1"/*.conflist "$1"/*.json; do
        if [ -e "$file" ]; then keep mask "$file"; fi
    done
}

# The directories that a kubelet or a runtime was told to use.
cni_directories() {
    {
        sed -n 's/^[ \t]*\(conf_dir\|bin_dir\|network_dir\)[ \t]*=[ \t]*"\(\/[^"]*\)".*/\1 \2/p' \
            /etc/containerd/config.toml /etc/containerd/conf.d/*.toml /etc/crio/crio.conf /etc/crio/crio.conf.d/* \
            /var/lib/rancher/*/agent/etc/containerd/config.toml /var/snap/microk8s/current/args/containerd.toml
        awk '/^[ \t]*(plugin_dirs|bin_dirs)[ \t]*=/ { inside = 1 } inside { text = $0
                while (match(text, /"\/[^"]*"/)) { print "bin_dir " substr(text, RSTART + 1, RLENGTH - 2); text = substr(text, RSTART + RLENGTH) } }
            inside && /\]/ { inside = 0 }' \
            /etc/containerd/config.toml /etc/containerd/conf.d/*.toml /etc/crio/crio.conf /etc/crio/crio.conf.d/* \
            /var/lib/rancher/*/agent/etc/containerd/config.toml /var/snap/microk8s/current/args/containerd.toml
        for process in /proc/[0-9]*; do
            name=
            { IFS= read -r name <"$process/comm"; } || continue
            if [ "$name" = kubelet ] && is_of_root "$process"; then
                tr '\000' '\n' <"$process/cmdline" | sed -n 's/^--cni-conf-dir=/conf_dir /p; s/^--cni-bin-dir=/bin_dir /p'
            fi
        done
    } 2>/dev/null | while read -r sort directory; do
        directory=${directory%/}
        case $directory in *..* | /etc/cni/net.d | /opt/cni/bin | /) continue ;; esac
        case $sort in conf_dir | network_dir) cni "$directory" ;; bin_dir) list "$directory" ;; esac
    done
}

# --- commands ---

# limited PROGRAM ARGUMENT...: ends it after five seconds.
limited() {
    if timeout -s KILL 5 true 2>/dev/null; then
        timeout -s KILL 5 "$@"
    elif timeout -t 5 -s KILL true 2>/dev/null; then
        timeout -t 5 -s KILL "$@"
    else
        "$@" &
        running=$!
        (
            sleep 5
            kill -9 "$running"
        ) >/dev/null 2>&1 3>&- &
        watching=$!
        wait "$running"
        status=$?
        kill "$watching" 2>/dev/null
        return "$status"
    fi
}

# run NAME PROGRAM ARGUMENT...: keeps what it prints.
run() {
    name=$1
    program=$2
    shift 2
    for directory in /usr/sbin /usr/bin /sbin /bin /usr/local/sbin /usr/local/bin; do
        if [ -f "$directory/$program" ] && [ -x "$directory/$program" ]; then
            output=$work/capture/commands/$name
            status=0
            # a hundred times as much as is common; the shells count blocks of 512 or of 1024 bytes
            (
                ulimit -f 16384 2>/dev/null
                limited env -i PATH="$PATH" LC_ALL=C "$directory/$program" "$@"
            ) </dev/null >"$output" 2>/dev/null 3>&- || status=$?
            if [ "$status" -eq 0 ] && ! has_room; then status=full; fi
            case $status in
                full) say command "$name" "$full" ;;
                0) say command "$name" printed ;;
                124 | 137) say command "$name" 'did not end within 5000 ms' ;;
                *) say command "$name" "ended with status $status" ;;
            esac
            if [ "$status" != 0 ]; then rm -f "$output"; fi
            return 0
        fi
    done
    say command "$name" missing
}

has_nfnetlink() {
    awk '$2 == 12 { found = 1 } END { exit !found }' /proc/net/netlink 2>/dev/null
}

has_nf_tables() {
    [ -d /sys/module/nf_tables ] || grep -q '^nf_tables ' /proc/modules 2>/dev/null ||
        grep -q '/nf_tables\.ko' "/lib/modules/$release/modules.builtin" 2>/dev/null ||
        grep -q '^CONFIG_NF_TABLES=y' "/boot/config-$release" 2>/dev/null ||
        gzip -dc /proc/config.gz 2>/dev/null | grep -q '^CONFIG_NF_TABLES=y'
}

# Rules are those of the machine only in the network of its first process, and only CAP_NET_ADMIN sees them all.
may_ask_for_rules() {
    own=$(readlink /proc/self/ns/net 2>/dev/null)
    [ -n "$own" ] && { [ "$own" = 'net:[4026531833]' ] || [ "$own" = "$(readlink /proc/1/ns/net 2>/dev/null)" ]; } &&
        grep -q '^CapEff:.*[13579bdfBDF][0-9a-fA-F][0-9a-fA-F][0-9a-fA-F]$' /proc/self/status
}

has_rpm_database() {
    for directory in /var/lib/rpm /usr/lib/sysimage/rpm /usr/share/rpm; do
        for file in "$directory"/Packages* "$directory"/rpmdb.sqlite*; do
            if [ -e "$file" ]; then return 0; fi
        done
    done
    return 1
}

commands() {
    run kubelet-version kubelet --version
    run containerd-version containerd --version
    run crio-version crio --version
    run dockerd-version dockerd --version
    if has_rpm_database; then run rpm-packages rpm -qa --queryformat '%{NAME} %{VERSION}-%{RELEASE}\n'; fi
    # These open a socket of nfnetlink, for which the kernel would load it.
    if has_nfnetlink; then
        run nft-version nft --version
        run conntrack-version conntrack --version
        run iptables-version iptables --version
    fi
    if ! may_ask_for_rules; then return 0; fi
    if [ -s /proc/net/ip_tables_names ] && grep -q . /proc/net/ip_tables_names; then
        run iptables-legacy-save iptables-legacy-save
        run iptables-save iptables-save
    fi
    if [ -s /proc/net/ip6_tables_names ] && grep -q . /proc/net/ip6_tables_names; then
        run ip6tables-legacy-save ip6tables-legacy-save
        run ip6tables-save ip6tables-save
    fi
    if ! has_nf_tables; then return 0; fi
    run nft-ruleset nft -j list ruleset
    rules=$work/capture/commands/nft-ruleset
    # Rules with extensions of iptables: whoever made those had the kernel load what asking for them loads.
    if grep -q '"xt": *{' "$rules" 2>/dev/null; then
        if grep -q '"family": *"ip"' "$rules"; then run iptables-nft-save iptables-nft-save; fi
        if grep -q '"family": *"ip6"' "$rules"; then run ip6tables-nft-save ip6tables-nft-save; fi
    fi
}

# --- the archive ---

keep_all() {
    what_is_kept | sed "s|{release}|$release|g" >"$work/wanted"
    while read -r how pattern; do
        case $how$pattern in
            file/*[*[]*/*) ;;
            file/*/'*')
                directory=${pattern%/*}
                keep_directory
                continue
                ;;
        esac
        # what follows the last pattern is asked for below each match, whether it is there or not
        rest=
        case $pattern in
            *[*[]*)
                while :; do
                    case ${pattern##*/} in *[*[]*) break ;; esac
                    rest=/${pattern##*/}$rest
                    pattern=${pattern%/*}
                done
                ;;
        esac
        # names may hold anything but line breaks
        IFS=$newline
        for path in $pattern; do
            unset IFS
            case $path in
                *[*[]*) if [ ! -e "$path" ] && [ ! -h "$path" ]; then continue; fi ;;
            esac
            path=$path$rest
            case $how in
                file) keep cat "$path" ;;
                text) keep mask "$path" ;;
                words) keep blank_separated "$path" ;;
                head) keep header "$path" ;;
                machine) keep machine_id "$path" ;;
                root) keep mounts_at_root "$path" ;;
                kind) kind "$path" || : ;;
                *) "$how" "$path" ;;
            esac
        done
        unset IFS
    done <"$work/wanted"
}

manifest() {
    name=
    { IFS= read -r name </proc/sys/kernel/hostname; } 2>/dev/null || name=unknown
    name=$(printf '%s' "$name" | tr -c 'A-Za-z0-9._-' '_')
    printf '{"schema": "calico-preflight/capture/1", "tool": {"name": "collect.sh", "version": "%s"},\n' "$version"
    printf ' "host": {"name": "%s", "source": "live"}, "collectedAt": "%s"}\n' \
        "$name" "$(date -u '+%Y-%m-%dT%H:%M:%SZ')"
}

pack() {
    { tar -cf - -C "$work/capture" manifest.json index files commands || broken; } | gzip -c && [ -e "$work/sound" ]
}

main() {
    set -u
    umask 077
    unset CDPATH GREP_OPTIONS IFS
    LC_ALL=C
    PATH=/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin${CALICO_PREFLIGHT_TOOLS:+:$CALICO_PREFLIGHT_TOOLS}
    export LC_ALL PATH
    version='@project.version@'
    newline='
'
    tab=$(printf '\t')
    made=$newline
    zeros=00000000000000000000000000000000
    full='there was no room to keep it'
    case ${1:-} in
        -*)
            echo 'usage: sh collect.sh [FILE.tar.gz]' >&2
            exit 2
            ;;
    esac
    if [ $# -eq 0 ] && [ -t 1 ]; then
        echo 'collect.sh: an archive is no text for a terminal: name a file, or send it to one' >&2
        exit 2
    fi
    for tool in awk tar gzip grep sed tr find readlink dd; do
        if ! command -v "$tool" >/dev/null 2>&1; then
            echo "collect.sh: $tool is not installed" >&2
            exit 2
        fi
    done
    work=
    trap 'if [ -n "$work" ]; then rm -rf "$work"; fi' EXIT
    trap 'exit 1' HUP INT PIPE TERM
    for directory in "${TMPDIR:-/tmp}" /tmp /run /dev/shm; do
        if work=$(mktemp -d "$directory/calico-preflight.XXXXXX" 2>/dev/null); then break; fi
        work=
    done
    if [ -z "$work" ]; then
        echo 'collect.sh: no directory for temporary files can be written to' >&2
        exit 2
    fi
    mkdir -p "$work/capture/files" "$work/capture/commands"
    : >"$work/sound"
    release=$(cat /proc/sys/kernel/osrelease 2>/dev/null)
    case $release in '' | *[!A-Za-z0-9._+~:@-]*) release=unknown ;; esac
    {
        keep_all
        cni_directories
        processes
        commands
        printf 'end\n' >&3 || broken
    } 3>"$work/capture/index" </dev/null 2>/dev/null
    if ! manifest >"$work/capture/manifest.json" || ! has_room || ! [ -e "$work/sound" ]; then
        echo "collect.sh: ${work%/*} is full; free some of it, or set TMPDIR to a directory with more room" >&2
        exit 2
    fi
    if [ $# -eq 0 ]; then
        pack
    elif pack >"$1.part" && mv -f "$1.part" "$1"; then
        :
    else
        rm -f "$1.part"
        echo "collect.sh: cannot write $1" >&2
        exit 2
    fi
}

main "$@"
