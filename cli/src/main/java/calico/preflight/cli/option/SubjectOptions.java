package calico.preflight.cli.option;

import picocli.CommandLine.Mixin;

/** What is judged: a host as it is, what was tried on it, the datastore it is to use, and what is planned for it. */
public final class SubjectOptions {

    @Mixin
    private final RangeOptions ranges = new RangeOptions();

    @Mixin
    private final HostOptions host = new HostOptions();

    @Mixin
    private final ProbeOptions probe = new ProbeOptions();

    @Mixin
    private final DatastoreOptions datastore = new DatastoreOptions();

    /** The datastores that are asked. */
    public DatastoreOptions datastore() {
        return datastore;
    }

    /** The ranges of addresses that are planned. */
    public RangeOptions ranges() {
        return ranges;
    }

    /** Where the facts of the host come from. */
    public HostOptions host() {
        return host;
    }

    /** What is tried on it, or was. */
    public ProbeOptions probe() {
        return probe;
    }
}
