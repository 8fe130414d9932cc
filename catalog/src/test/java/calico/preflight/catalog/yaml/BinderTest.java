package calico.preflight.catalog.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.requirement.Check;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BinderTest {

    private static <T> T bind(String yaml, Class<T> type) throws InvalidRulesException {
        YamlFile file = YamlReader.parse("x.yaml", yaml.getBytes(StandardCharsets.UTF_8));
        return Binder.bind(file, List.of(), file.tree(), type);
    }

    @Test
    void what_is_left_out_is_empty_and_never_null() throws InvalidRulesException {
        assertThat(bind("{protocol: tcp}", Check.Port.class))
                .isEqualTo(new Check.Port("tcp", 0, List.of(), 0, "", "", false, List.of()));
        assertThat(bind("{anyOf: [{id: rhel}]}", Check.Distribution.class))
                .isEqualTo(new Check.Distribution(List.of(new Check.ListedDistribution("rhel", "", "", ""))));
        assertThat(bind("{fact: a}", Check.FactComparison.class))
                .isEqualTo(new Check.FactComparison("a", "", List.of(), List.of(), "", "", "", "", ""));
    }

    @Test
    void numbers_and_flags_do_not_become_text_nor_text_numbers() {
        assertThatThrownBy(() -> bind("{minimum: 3.10}", Check.KernelVersion.class))
                .isInstanceOf(InvalidRulesException.class)
                .hasMessageStartingWith("x.yaml:1:11: cannot be used: ");
        assertThatThrownBy(() -> bind("{anyOf: [1]}", Check.Architecture.class))
                .hasMessageStartingWith("x.yaml:1:10: cannot be used: ");
        assertThatThrownBy(() -> bind("{says: true}", Check.Statement.class)).isInstanceOf(InvalidRulesException.class);
        assertThatThrownBy(() -> bind("{port: \"1\"}", Check.Port.class)).isInstanceOf(InvalidRulesException.class);
        assertThatThrownBy(() -> bind("{port: 1.5}", Check.Port.class)).isInstanceOf(InvalidRulesException.class);
    }

    @Test
    void unknown_keys_are_refused() {
        assertThatThrownBy(() -> bind("{sayz: x}", Check.Statement.class))
                .hasMessageStartingWith("x.yaml:1:8: cannot be used: ");
    }
}
