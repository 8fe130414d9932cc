package calico.preflight.facts.probe.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The longest packet is found by halves, or it is said that it was not. */
class LengthSearchTest {

    private final List<Integer> tried = new ArrayList<>();

    private LengthSearch search(int passing, Duration limit) {
        return new LengthSearch(
                "udp 4789",
                bytes -> {
                    tried.add(bytes);
                    return bytes <= passing;
                },
                ControlChannel.Deadline.in(limit));
    }

    @Test
    void the_length_is_found_to_the_byte() throws Exception {
        assertThat(search(1450, Duration.ofMinutes(1)).longest(576, 1500)).isEqualTo(1450);
        assertThat(tried).hasSizeLessThanOrEqualTo(LengthSearch.MOST_STEPS);
        assertThat(search(1500, Duration.ofMinutes(1)).longest(576, 1500)).isEqualTo(1500);
    }

    @Test
    void a_search_that_the_time_cut_short_found_nothing() {
        assertThatThrownBy(() -> search(1450, Duration.ZERO).longest(576, 1500))
                .isInstanceOf(NotMeasuredException.class)
                .hasMessage("the time was up when 576 bytes of udp 4789 had passed, and 1500 had not");
    }

    @Test
    void a_path_that_carries_not_even_what_all_must_is_not_measured() {
        assertThatThrownBy(() -> search(500, Duration.ofMinutes(1)).longest(576, 1500))
                .isInstanceOf(NotMeasuredException.class)
                .hasMessage("not even 576 bytes of udp 4789 passed");
    }
}
