package calico.preflight.cli.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import calico.preflight.cli.console.UserException;
import calico.preflight.engine.fleet.HostRef;
import calico.preflight.engine.fleet.Unreadable;
import java.util.List;
import org.junit.jupiter.api.Test;

class PagedHostsTest {

    private final PagedHosts hosts = new PagedHosts();

    private static Unreadable host(int number, String reason) {
        String place = "fleet.ndjson:" + number;
        return new Unreadable(new HostRef(place, place), reason);
    }

    @Test
    void a_fleet_beyond_what_a_page_holds_is_refused_with_what_to_do_instead() {
        for (int i = 0; i < 20_000; i++) {
            hosts.addUnreadable(host(i, "no facts"));
        }

        assertThatThrownBy(() -> hosts.addUnreadable(host(20_000, "no facts")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("too large for a page, which holds 20000 hosts")
                .hasMessageContaining("a page of each part of it")
                .hasMessageContaining("-o ndjson");
    }

    @Test
    void hosts_that_have_too_little_in_common_are_refused_too() {
        String reason = "x".repeat(20_000_000);
        hosts.addUnreadable(host(1, reason));
        hosts.addUnreadable(host(2, reason));

        assertThatThrownBy(() -> hosts.addUnreadable(host(3, reason + "y")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("its first 2 hosts have too little in common");
    }

    @Test
    void a_text_is_kept_once() {
        hosts.addUnreadable(host(1, "no facts"));
        hosts.addUnreadable(host(2, "no facts"));

        assertThat(hosts.about(0)).isEqualTo(hosts.about(1)).isEqualTo(List.of(0));
    }
}
