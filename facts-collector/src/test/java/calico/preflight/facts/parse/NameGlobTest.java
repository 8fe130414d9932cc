package calico.preflight.facts.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameGlobTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cali*          | cali1        | true
            cali**         | cali         | true
            c?li           | cali         | true
            c?li           | cli          | false
            e[nt]*         | enp1s0       | true
            e[nt]*         | esp0         | false
            e[!t]*         | eth0         | false
            e[^t]*         | enp1s0       | true
            eth[0-9]       | eth7         | true
            eth[0-9]       | ethx         | false
            eth[[:digit:]] | eth7         | true
            a[]x]b         | a]b          | true
            a[]x]b         | axb          | true
            a[x-]b         | a-b          | true
            a[b            | a[b          | true
            a\\*b          | a*b          | true
            a\\*b          | axb          | false
            a[\\]]b        | a]b          | true
            [z-a]          | m            | false
            ''             | a            | false
            Cali*          | cali1        | false
            """)
    void a_shell_pattern_matches_as_the_shell_does(String pattern, String text, boolean matches) {
        assertThat(NameGlob.shell(pattern).matches(text)).isEqualTo(matches);
    }
}
