package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.Observed;
import calico.preflight.facts.source.HostSource;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The machine id, not itself but what is derived from it: machine-id(5) asks that it be kept confidential, and tells how
 * (HMAC-SHA256 of an id of the program, keyed with it). Two hosts have the same derived id if and only if they have the same
 * machine id.
 */
final class MachineId implements Collector {

    private static final String FACT = "host.machine-id";
    private static final String PROGRAM = "calico-preflight/machine-id/1";
    private static final int HEX_DIGITS = 32;

    /** What a capture holds in place of the id: it was derived on the host. */
    private static final Pattern DERIVED = Pattern.compile("derived ([0-9a-f]{" + HEX_DIGITS + "})");

    @Override
    public Set<String> facts() {
        return Set.of(FACT);
    }

    @Override
    public List<Fact> collect(Look look, CollectionOptions options) {
        HostSource host = look.host();
        Observed<String> systemd = Answers.text(host, "/etc/machine-id");
        Observed<String> best = Answers.best(List.of(systemd, Answers.text(host, "/var/lib/dbus/machine-id")));
        Observed<String> seen = ModuleDirectories.isDirectory(host, "/etc")
                ? best
                : Answers.absentMeans("there is no /etc to look in", best);
        return List.of(new Fact(FACT, derived(seen)));
    }

    /** An image that is to be cloned has an empty file, or the word uninitialized: the id is made at the first start. */
    private static Observed<FactValue> derived(Observed<String> seen) {
        Optional<String> text = seen.known().map(id -> id.strip().toLowerCase(Locale.ROOT));
        if (text.isEmpty()) {
            return seen.map(FactValue.Text::new);
        }
        if (text.get().isEmpty() || text.get().equals("uninitialized")) {
            return Observed.absent(seen.origin());
        }
        Matcher derived = DERIVED.matcher(text.get());
        if (derived.matches()) {
            return Observed.known(new FactValue.Text(derived.group(1)), seen.origin());
        }
        return text.get().matches("[0-9a-f]{" + HEX_DIGITS + "}")
                ? Observed.known(new FactValue.Text(derive(text.get())), seen.origin())
                : Observed.unknown("the file holds no machine id", seen.origin());
    }

    private static String derive(String id) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(HexFormat.of().parseHex(id), "HmacSHA256"));
            byte[] derived = mac.doFinal(PROGRAM.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(derived).substring(0, HEX_DIGITS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
