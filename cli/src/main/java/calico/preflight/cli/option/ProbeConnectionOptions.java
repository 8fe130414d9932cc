package calico.preflight.cli.option;

import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.UserException;
import calico.preflight.facts.probe.flow.ProbeException;
import calico.preflight.facts.probe.flow.ProbeKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** How two hosts find each other for a probe, and prove that they belong together. */
public final class ProbeConnectionOptions extends OptionGroup {

    private static final String VARIABLE = "CALICO_PREFLIGHT_PROBE_KEY";
    private static final String STANDARD_INPUT = "-";
    private static final int MAX_KEY = 4096;
    private static final int MOST_PORTS = 65_535;
    private static final Set<PosixFilePermission> OF_THE_OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Single<String> keyFile = text(
            "--key-file",
            "FILE",
            "the key that both hosts hold, 16 characters or more, readable by its owner alone; - reads it "
                    + "from standard input; probe serve makes the file where there is none (default: the key in "
                    + VARIABLE + ")");

    private final Single<Integer> port = one(
            Integer.class,
            option(
                            "--port",
                            "NUMBER",
                            "TCP port of the control connection, the same on both hosts (default: ${DEFAULT-VALUE})")
                    .defaultValue("7179"));

    /** None is given yet. */
    public ProbeConnectionOptions() {
        super(Section.CONNECTION);
    }

    /** The port of the control connection. */
    public int port() {
        if (port.certain() < 1 || port.certain() > MOST_PORTS) {
            throw new UserException("--port " + port.certain() + ": a port is a number from 1 to " + MOST_PORTS + ".");
        }
        return port.certain();
    }

    /**
     * The key.
     *
     * @throws UserException where there is none, or others could have read it
     */
    public ProbeKey key(Console console) {
        return key(console, false);
    }

    /** The key; a file that is not there is made, with a new one. */
    public ProbeKey keyOrNew(Console console) {
        return key(console, true);
    }

    private ProbeKey key(Console console, boolean make) {
        if (keyFile.value().isEmpty()) {
            String text = console.environment().variable(VARIABLE);
            if (text.isEmpty()) {
                throw new UserException("a key is needed that both hosts hold: --key-file FILE, or " + VARIABLE + ".");
            }
            return key(VARIABLE, text);
        }
        String name = keyFile.value().get();
        String option = "--key-file " + name;
        if (name.equals(STANDARD_INPUT)) {
            try {
                return key(option, read(console.environment().input()));
            } catch (IOException e) {
                throw new UserException(option + ": " + Console.reason(e), e);
            }
        }
        Path file = Path.of(name);
        try {
            if (make && !Files.exists(file)) {
                make(file);
                console.say(
                        "Made " + name + ", which holds a new key; copy it to the other hosts, for example with scp.");
            }
            refuseIfOthersRead(file);
            try (InputStream input = Files.newInputStream(file)) {
                return key(option, read(input));
            }
        } catch (IOException e) {
            throw new UserException(option + ": " + Console.reason(e), e);
        }
    }

    private static void make(Path file) throws IOException {
        FileAttribute<Set<PosixFilePermission>> owner = PosixFilePermissions.asFileAttribute(OF_THE_OWNER);
        Files.createFile(file, owner);
        Files.writeString(file, ProbeKey.random() + "\n", StandardOpenOption.WRITE);
    }

    private static void refuseIfOthersRead(Path file) throws IOException {
        Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        others.removeAll(PosixFilePermissions.fromString("rwx------"));
        if (!others.isEmpty()) {
            throw new UserException("--key-file " + file
                    + ": others than its owner may read or write it; run chmod 600 on it, or take a new key.");
        }
    }

    private static String read(InputStream input) throws IOException {
        return new String(input.readNBytes(MAX_KEY), StandardCharsets.UTF_8);
    }

    private static ProbeKey key(String from, String text) {
        try {
            return ProbeKey.of(text);
        } catch (ProbeException e) {
            throw new UserException(from + ": " + e.getMessage() + ".", e);
        }
    }
}
