# make-container.sh NODE CONTAINER SCRIPT CAPTURES CAPABILITIES NAME=VALUE... COMMAND ARGUMENT...
#
# Runs a command as a container runtime runs one, in the mount namespace that this runs in: a root with busybox alone, the
# files of the node at /host, which are not to be written, an empty directory over its /tmp, and no capabilities but these.
set -eu
node=$1 root=$2 script=$3 captures=$4 capabilities=$5
shift 5

mount -t tmpfs none "$root"
mkdir "$root/bin" "$root/host" "$root/script" "$root/captures" "$root/old" "$root/proc"
cp /bin/busybox "$root/bin/busybox"
for tool in $(busybox --list); do [ "$tool" = busybox ] || ln -s busybox "$root/bin/$tool"; done
cp /usr/bin/setpriv "$root/bin/setpriv-with-bounds"
# what a distribution has is linked to libraries; the image has a busybox that is not
libraries=$(ldd /bin/busybox /usr/bin/setpriv 2>/dev/null | grep -o '/[^ :]*\.so[^ :]*' | sort -u)
for library in $libraries; do
    mkdir -p "$root${library%/*}"
    cp -L "$library" "$root$library"
done

if [ "$node" = / ]; then
    mount --rbind / "$root/host"
else
    mount --bind "$node" "$root/host"
    for library in $libraries; do
        mkdir -p "$root/host${library%/*}"
        cp -L "$library" "$root/host$library"
    done
    mount --rbind /proc "$root/host/proc"
    mount --rbind /sys "$root/host/sys"
    mount --rbind /dev "$root/host/dev"
fi
mount -o remount,bind,ro "$root/host"
mount -t tmpfs none "$root/host/tmp"
cp "$script" "$root/script/collect.sh"
mount --bind "$captures" "$root/captures"
mount --rbind /proc "$root/proc"

cd "$root"
pivot_root . old
umount -l /old
rmdir /old
mount -o remount,ro /
exec /bin/setpriv-with-bounds --bounding-set="-all,$capabilities" --inh-caps=-all --no-new-privs \
    /bin/env -i PATH=/bin "$@"
