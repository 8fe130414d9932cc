package calico.preflight.facts.collect;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.facts.FactValue;
import calico.preflight.facts.Observed;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineIdTest {

    private static final String ID = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path directory;

    private Observed<FactValue> seen(String content) throws Exception {
        return new Root(directory).with("/etc/machine-id", content).facts().get("host.machine-id");
    }

    @Test
    void the_machine_id_itself_is_not_told_and_what_is_told_is_the_same_for_the_same() throws Exception {
        String derived = seen(ID + "\n").known().orElseThrow().toString();

        assertThat(derived).matches("[0-9a-f]{32}").isNotEqualTo(ID);
        assertThat(seen(ID).known().orElseThrow()).hasToString(derived);
        assertThat(seen("f" + ID.substring(1)).known().orElseThrow().toString()).isNotEqualTo(derived);
    }

    @Test
    void an_image_that_gets_its_id_at_the_first_start_has_none() throws Exception {
        assertThat(seen("uninitialized\n")).isInstanceOf(Observed.Absent.class);
        assertThat(seen("")).isInstanceOf(Observed.Absent.class);
    }

    @Test
    void what_is_no_id_is_unknown() throws Exception {
        assertThat(seen("hello\n").isUnknown()).isTrue();
    }
}
