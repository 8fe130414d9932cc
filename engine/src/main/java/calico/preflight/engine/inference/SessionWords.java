package calico.preflight.engine.inference;

import calico.preflight.engine.drl.Vocabulary;
import java.util.List;
import java.util.Set;

/** Which types the rules may use, and which of them they may insert. */
final class SessionWords {

    private static final List<Class<?>> TYPES = List.of(
            AcceptedRelease.class,
            AddressRange.class,
            AddressRangesDemand.class,
            ArchitectureDemand.class,
            Choice.class,
            ClaimedRequirement.class,
            Clue.class,
            CniConfiguration.class,
            ComparisonDemand.class,
            DatastoreDemand.class,
            DatastoreEndpoint.class,
            Demand.class,
            DistributionClaim.class,
            DistributionDemand.class,
            FactDemand.class,
            FirewallDecision.class,
            Flaw.class,
            FreePortDemand.class,
            HostDistribution.class,
            HostMtu.class,
            HostMtuDemand.class,
            HostRelease.class,
            InterfaceDecision.class,
            InterfaceDemand.class,
            IptablesBackendDemand.class,
            IptablesRules.class,
            KernelFloor.class,
            KernelTrain.class,
            KernelVersionDemand.class,
            KubernetesFloor.class,
            KubernetesVersionDemand.class,
            ListedDistribution.class,
            ModulePackage.class,
            MtuDefault.class,
            MtuDemand.class,
            MtuPath.class,
            MtuPathGap.class,
            MtuRoom.class,
            MtuSetting.class,
            Need.class,
            NodeAddressCandidate.class,
            NodeAddressDemand.class,
            NodeAddressDoubt.class,
            NodeAddressFamily.class,
            Observation.class,
            OpenstackPackage.class,
            OpenstackReleaseDemand.class,
            Part.class,
            PortConnection.class,
            PortDemand.class,
            PortSocket.class,
            PrivilegeDemand.class,
            ProbedFlow.class,
            ProbedTraffic.class,
            ProviderDemand.class,
            RangeOverlap.class,
            ReleaseSeries.class,
            Remedy.class,
            Standing.class,
            StatementDemand.class,
            TargetDemand.class,
            TargetSetting.class,
            Verdict.class,
            Version.class,
            Way.class);

    private static final Set<String> INSERTABLE =
            Set.of("Choice", "Flaw", "HostRelease", "KernelFloor", "Remedy", "Standing", "Verdict");

    private static final Vocabulary VOCABULARY = Vocabulary.ofTypes(TYPES, INSERTABLE);

    private SessionWords() {}

    static Vocabulary vocabulary() {
        return VOCABULARY;
    }
}
