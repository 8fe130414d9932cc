package calico.preflight.cli.page;

import java.util.List;

/** A page: its title, and what it says. */
public record Page(String title, List<Block> blocks) {
    public Page {
        blocks = List.copyOf(blocks);
    }
}
