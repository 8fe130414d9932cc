"""What the scripts of the kernel lab have in common: packages, module trees, the program under test, tables.

Nothing here knows what a kernel provides; each script brings an oracle of its own.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.parse
from pathlib import Path

LAB = Path(__file__).resolve().parent
PROGRAM = LAB.parent / "calico-preflight"
MODULE_FILE = re.compile(r"^(?P<name>[^/]+)\.ko(\.(gz|xz|zst|bz2))?$")

# What a kernel package of Debian may be split into; the rest of what it depends on is not needed here.
PARTS_OF_AN_IMAGE = ("linux-modules-", "linux-binary-", "linux-base-")


class LabError(Exception):
    """Something outside the program under test went wrong."""


def start(main):
    """Runs a script to its exit status. One that is ended from outside still removes what it made."""
    for ended in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(ended) != signal.SIG_IGN:
            signal.signal(ended, lambda number, frame: sys.exit(128 + number))
    name = Path(sys.argv[0]).name
    try:
        sys.exit(main())
    except LabError as error:
        say(f"{name}: {error}")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def say(text):
    print(text, file=sys.stderr, flush=True)


def run(command, check=True, **options):
    """Runs a command, and raises with what it said where it fails."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)
    if check and done.returncode != 0:
        raise LabError(f"{' '.join(map(str, command))} ended with {done.returncode}: {done.stderr.strip()[-2000:]}")
    return done


def need(tools):
    """Installs the Debian packages of the tools that are missing.

    tools: program name to the package that holds it.
    """
    missing = sorted({package for tool, package in tools.items() if not tool_path(tool)})
    if not missing:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise LabError("these packages of Debian are needed: " + " ".join(missing))
    say("installing " + " ".join(missing))
    run(["apt-get", "install", "-y", "--no-install-recommends", *missing])


def tool_path(name):
    return shutil.which(name, path="/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/bin")


def packages(spec, folder):
    """The .deb files of a kernel: those of a file name, or the image package of that name with its parts.

    A package is fetched with apt-get download, as the apt configuration in force (APT_CONFIG) finds it, unless it is
    in the folder already.
    """
    if spec.endswith(".deb"):
        image = Path(spec)
        if not image.is_file():
            raise LabError(f"{spec}: there is no such file")
    else:
        image = fetch(spec, folder)
    found = [image]
    depends = run(["dpkg-deb", "-f", str(image), "Depends"]).stdout
    for word in re.findall(r"[a-z0-9][a-z0-9.+-]+", depends):
        if word.startswith(PARTS_OF_AN_IMAGE) and re.search(r"-\d+\.\d+", word):
            beside = sorted(image.parent.glob(urllib.parse.quote(word, safe="+") + "_*.deb"))
            found.append(beside[-1] if beside else fetch(word, folder))
    return found


def fetch(name, folder):
    bare = name.split(":")[0].split("/")[0]
    folder.mkdir(parents=True, exist_ok=True)
    there = sorted(folder.glob(bare + "_*.deb"))
    if not there:
        say(f"fetching {name}")
        run(["apt-get", "download", name], cwd=folder)
        there = sorted(folder.glob(bare + "_*.deb"))
    if not there:
        raise LabError(f"apt-get download {name} left no file")
    return there[-1]


def unpack(debs, root):
    """Unpacks packages below a root, without installing them; modules end up below usr/lib/modules."""
    (root / "usr/lib").mkdir(parents=True, exist_ok=True)
    for deb in debs:
        run(["dpkg-deb", "-x", str(deb), str(root)])
    legacy = root / "lib/modules"
    if legacy.is_dir() and not (root / "lib").is_symlink():
        # as on a host, whose /lib is /usr/lib
        shutil.move(legacy, root / "usr/lib/modules")
        shutil.rmtree(root / "lib")
    if not (root / "lib").exists():
        (root / "lib").symlink_to("usr/lib")
    return release_of(root)


def release_of(root):
    releases = sorted(path.name for path in (root / "usr/lib/modules").iterdir())
    if len(releases) != 1:
        raise LabError(f"{root} holds the modules of {releases or 'no kernel'}")
    return releases[0]


def belonging_to(root, release, name):
    """A file that belongs to a kernel: below /boot, or, as newer packages have it, among its modules."""
    places = [root / "boot" / f"{name}-{release}", root / "usr/lib/modules" / release / name]
    return next((place for place in places if place.is_file()), None)


def module_name(path):
    """The name of a module by its file, as the kernel writes it; nothing where it is no module file."""
    match = MODULE_FILE.match(Path(path).name)
    return match.group("name").replace("-", "_") if match else None


def module_files(tree):
    """Name to files of the modules in a tree."""
    found = {}
    for path in sorted(tree.rglob("*.ko*")):
        name = module_name(path)
        if name:
            found.setdefault(name, []).append(path)
    return found


def run_depmod(root, release):
    run(["depmod", "-b", str(root), release])


def dependencies(root, release):
    """Path to the paths of what it needs, all relative to the tree, as the modules.dep there tells."""
    found = {}
    for line in (root / "usr/lib/modules" / release / "modules.dep").read_text().splitlines():
        path, _, needed = line.partition(":")
        found[path] = needed.split()
    return found


def prune(root, release, pattern):
    """Leaves of a tree what matches the pattern and what that depends on, and runs depmod on it."""
    run_depmod(root, release)
    depends = dependencies(root, release)
    keep, pending = set(), [path for path in depends if pattern.match(path)]
    while pending:
        path = pending.pop()
        if path not in keep:
            keep.add(path)
            pending.extend(depends.get(path, []))
    for path in depends:
        if path not in keep:
            (root / "usr/lib/modules" / release / path).unlink()
    run_depmod(root, release)


def copy(root, to, release):
    """A copy of a root without its kernel image; modules are hard links, and everything else is a file of its own."""
    shutil.copytree(root, to, symlinks=True, copy_function=os.link,
                    ignore=lambda at, names: [name for name in names if name.startswith(("vmlinu", "System.map"))])
    for listing in (to / "usr/lib/modules" / release).glob("modules.*"):
        own = listing.with_name(listing.name + ".own")
        shutil.copy2(listing, own)
        own.rename(listing)


def remove(root, release, names):
    """Removes the files of these modules."""
    files = module_files(root / "usr/lib/modules" / release)
    for name in names:
        for path in files.get(name, []):
            path.unlink()


def builtins(tree):
    listing = tree / "modules.builtin"
    lines = listing.read_text().split() if listing.is_file() else []
    return {module_name(line) for line in lines}


def preflight(arguments, program=PROGRAM):
    """Runs the program under test: its exit status, its result, and what it said besides."""
    done = run([str(program), *arguments], check=False)
    return done.returncode, done.stdout, done.stderr


def check(arguments, program=PROGRAM):
    """The verdicts of a check by the names of the modules that the documents list, and the whole report."""
    status, out, err = preflight(["check", *arguments, "-o", "json"], program)
    if status not in (0, 3, 4, 5):
        raise LabError(f"check {' '.join(arguments)} ended with {status}: {err.strip() or out.strip()}")
    report = json.loads(out)
    prefix = "kernel-module/"
    verdicts = {
        finding["id"][len(prefix):]: finding
        for finding in report["findings"]
        if finding["id"].startswith(prefix) and finding["outcome"] != "NOT_APPLICABLE"
    }
    return verdicts, report


def table(rows, header):
    """Rows of equal length as text in columns."""
    rows = [list(map(str, row)) for row in [header, *rows]]
    widths = [max(len(row[i]) for row in rows) for i in range(len(header))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows)
