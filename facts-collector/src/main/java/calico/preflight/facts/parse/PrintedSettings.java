package calico.preflight.facts.parse;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code sysctl -a} prints: {@code NAME = VALUE}, sorted by name (sysctl(8)). */
public final class PrintedSettings {

    /** A setting of the kernel. Of one with several lines it is the first. */
    public record Setting(String value, int line) {}

    private static final Pattern SETTING = Pattern.compile("([^\\s=]+) =(?: (.*))?");

    /** The key of IPv6 addresses cannot be read where none was set. */
    private static final Pattern UNREADABLE_KEY = Pattern.compile("sysctl: reading key \".*\\.stable_secret\"");

    /** These are there with every kernel, in this order, and with nothing missing between them where it is whole. */
    private static final List<String> ALWAYS = List.of("fs.file-max", "kernel.ostype", "vm.overcommit_memory");

    private PrintedSettings() {}

    /**
     * The settings by name.
     *
     * @throws UnreadableOutputException where it is anything but the whole of such an output
     */
    public static Map<String, Setting> parse(String text) throws UnreadableOutputException {
        Map<String, Setting> settings = new HashMap<>();
        for (Lines.Line line : PrintedText.lines(text)) {
            Matcher setting = SETTING.matcher(line.text());
            if (setting.matches()) {
                String value = setting.group(2) == null ? "" : setting.group(2).strip();
                settings.putIfAbsent(setting.group(1), new Setting(value, line.number()));
            } else if (!UNREADABLE_KEY.matcher(line.text()).matches()) {
                throw UnreadableOutputException.notOf("sysctl -a", line);
            }
        }
        int at = 0;
        for (String name : ALWAYS) {
            Setting setting = settings.get(name);
            if (setting == null || setting.line() < at) {
                throw new UnreadableOutputException("not all settings are listed: " + name + " is not in its place", 0);
            }
            at = setting.line();
        }
        return settings;
    }
}
