package calico.preflight.facts.parse;

import java.util.Locale;
import java.util.regex.Pattern;

/** What must not be told of a host, whoever may read it there. */
public final class Secrets {

    /** What {@code collect.sh} masks by: the two are kept alike. */
    private static final Pattern NAMES =
            Pattern.compile("secret|passw|passphrase|token|key|credential|(?:^|[-_.])(?:auth|pass|pwd|psk|bearer)$");

    /** Credentials in an address: {@code https://user:password@host}. */
    private static final Pattern IN_ADDRESS = Pattern.compile("://[^/\\s]*@");

    private Secrets() {}

    /** Does the name of a setting, or the setting itself, look as if it were secret? */
    public static boolean mayBe(String name, String value) {
        return NAMES.matcher(name.toLowerCase(Locale.ROOT)).find()
                || IN_ADDRESS.matcher(value).find();
    }
}
