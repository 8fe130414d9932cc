package calico.preflight.engine.inference;

/**
 * The check kind {@code address-ranges}.
 *
 * @param pods the fact that tells the ranges of pod addresses
 * @param services the fact that tells the ranges of service addresses
 * @param addresses the fact that tells the addresses of the host
 * @param routes the fact that tells the routes of the host
 */
public record AddressRangesDemand(String id, String pods, String services, String addresses, String routes)
        implements Demand {}
