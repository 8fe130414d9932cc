package calico.preflight.facts.probe.flow;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The key that both ends of a probe hold. It is never sent, and never printed. */
public final class ProbeKey {

    /**
     * The fewest characters. Whoever answers in place of the other host sees a seal that the key made, and could try keys
     * on it at leisure.
     */
    public static final int FEWEST_CHARACTERS = 16;

    private static final int RANDOM_BYTES = 32;

    private final Seal seal;

    private ProbeKey(Seal seal) {
        this.seal = seal;
    }

    /**
     * The key of this text; white space around it does not count.
     *
     * @throws ProbeException if it is too short
     */
    public static ProbeKey of(String text) throws ProbeException {
        String stripped = text.strip();
        if (stripped.length() < FEWEST_CHARACTERS) {
            throw new ProbeException("a key has " + FEWEST_CHARACTERS + " characters or more");
        }
        return new ProbeKey(new Seal(stripped.getBytes(StandardCharsets.UTF_8)));
    }

    /** The text of a new key: 64 hexadecimal digits that nobody can guess. */
    public static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    Seal seal() {
        return seal;
    }

    /** Says nothing of the key. */
    @Override
    public String toString() {
        return "key";
    }
}
