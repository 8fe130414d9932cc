package calico.preflight.facts.parse;

import java.util.Locale;
import java.util.regex.Pattern;

/** What must not be told of a host, whoever may read it there. */
public final class Secrets {

    /** What {@code collect.sh} masks by: the two are kept alike. */
    private static final Pattern NAMES =
            Pattern.compile("secret|passw|passphrase|token|key|credential|datastore[-_]endpoint|authorization$"
                    + "|(?:^|[-_.])(?:auth|pass|pwd|psk|bearer)$");

    private static final String NEXT_ADDRESS = ",[A-Za-z][A-Za-z0-9+.-]*://";

    /**
     * Credentials in an address: {@code https://user:password@host}, where the password may have slashes in it, and
     * {@code iscsi:user:password@host}; and those of a header of HTTP.
     */
    private static final Pattern IN_VALUE = Pattern.compile("://[^/\\s]*@"
            + "|://(?:(?!" + NEXT_ADDRESS + ")[^/@\\s])*:(?:(?!" + NEXT_ADDRESS + ")\\S)*@"
            + "|iscsi:\\S*@"
            + "|(?i:authorization)[\"']?\\s*[:=]");

    private Secrets() {}

    /** Does the name of a setting, or the setting itself, look as if it were secret? */
    public static boolean mayBe(String name, String value) {
        return NAMES.matcher(name.toLowerCase(Locale.ROOT)).find()
                || IN_VALUE.matcher(value).find();
    }
}
