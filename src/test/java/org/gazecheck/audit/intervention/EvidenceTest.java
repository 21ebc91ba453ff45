package org.gazecheck.audit.intervention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Finding.Grade;
import org.gazecheck.results.Interventions.NaturalWitness;
import org.gazecheck.results.Interventions.PairedEffect;
import org.gazecheck.stats.Holm;
import org.junit.jupiter.api.Test;

class EvidenceTest {
    private static final Optional<PairedEffect> NOTHING = Optional.of(effect(0, 0.6));
    private static final Optional<NaturalWitness> NONE = Optional.empty();

    @Test
    void attractingWithAWitnessIsAProof() {
        assertEquals(
                Optional.of(Grade.PROVEN),
                of(effect(0.3, 1e-6), Optional.of(effect(0.2, 0.04)), NONE).grade());
        assertEquals(
                Optional.of(Grade.PROVEN),
                of(effect(0.3, 1e-6), NOTHING, natural(0.02)).grade());
        assertEquals(
                Optional.of(Grade.PROVEN),
                of(effect(0.3, 1e-6), Optional.empty(), natural(0.04)).grade());
    }

    @Test
    void oneOfTheseAloneIsASuspicion() {
        assertEquals(
                Optional.of(Grade.SUSPECTED),
                of(effect(0.3, 1e-6), NOTHING, NONE).grade());
        assertEquals(
                Optional.of(Grade.SUSPECTED),
                of(effect(0, 0.5), Optional.of(effect(0.2, 0.04)), NONE).grade());
        assertEquals(
                Optional.of(Grade.SUSPECTED),
                of(effect(0, 0.5), NOTHING, natural(0.02)).grade());
        assertEquals(Optional.empty(), of(effect(0.1, 0.02), NOTHING, NONE).grade());
    }

    @Test
    void theLeastEffectAndTheLevelAreNeeded() {
        Optional<PairedEffect> needs = Optional.of(effect(0.2, 0.001));
        assertEquals(
                Optional.of(Grade.PROVEN), of(effect(0.08, 0.01), needs, NONE).grade());
        assertEquals(
                Optional.of(Grade.SUSPECTED),
                of(effect(0.079, 1e-6), needs, NONE).grade());
        assertEquals(
                Optional.of(Grade.SUSPECTED),
                of(effect(0.3, 0.0101), needs, NONE).grade());
    }

    @Test
    void witnessesAreCorrectedAmongThemselves() {
        Evidence evidence = of(effect(0.3, 1e-6), Optional.of(effect(0.2, 0.03)), natural(0.9));
        assertEquals(0.06, evidence.needs().orElseThrow().q(), 1e-12);
        assertFalse(evidence.needed());
        assertEquals(Optional.of(Grade.SUSPECTED), evidence.grade());
        assertTrue(of(effect(0.3, 1e-6), Optional.of(effect(0.2, 0.02)), natural(0.9))
                .needed());
    }

    @Test
    void fewDonorsAndThoseOfTheClassItselfProveNothing() {
        Optional<PairedEffect> attracts = Optional.of(effect(0.3, 1e-6));
        Optional<PairedEffect> needs = Optional.of(effect(0.3, 1e-6));
        assertEquals(
                Optional.of(Grade.SUSPECTED),
                new Evidence(attracts, needs, Optional.empty(), Optional.empty(), NONE, false, true, 1e-3)
                        .corrected()
                        .grade());
        assertEquals(
                Optional.of(Grade.SUSPECTED),
                new Evidence(attracts, needs, Optional.empty(), Optional.empty(), NONE, true, false, 1e-3)
                        .corrected()
                        .grade());
        assertEquals(
                Optional.of(Grade.PROVEN),
                new Evidence(attracts, needs, Optional.empty(), Optional.empty(), natural(1e-3), true, false, 1e-3)
                        .corrected()
                        .grade(),
                "unless images as they are say the same");
    }

    @Test
    void whereItDrawsNoImageOfOthersThatItsOwnAreMissedIsNoSuspicion() {
        Optional<Trial.Outcome> needs = outcome(effect(0.3, 1e-4));
        Optional<Trial.Outcome> rescues = outcome(effect(0.3, 1e-3));
        PairedEffect none = effect(0, 1);
        assertEquals(List.of(1e-4, 1e-3), witnesses(outcome(none), needs, rescues));
        assertEquals(List.of(1e-3), witnesses(outcome(stopped(none)), needs, rescues));
        assertEquals(List.of(1e-4, 1e-3), witnesses(Optional.empty(), needs, rescues), "it was not tried on others");
    }

    private static List<Double> witnesses(
            Optional<Trial.Outcome> attracts, Optional<Trial.Outcome> needs, Optional<Trial.Outcome> rescues) {
        return new ShortcutTrial(null, attracts, needs, Optional.empty(), rescues, NONE).witnesses();
    }

    private static Optional<Trial.Outcome> outcome(PairedEffect effect) {
        return Optional.of(new Trial.Outcome(effect, List.of()));
    }

    private static PairedEffect stopped(PairedEffect of) {
        return new PairedEffect(
                of.with(),
                of.without(),
                of.difference(),
                of.p(),
                of.q(),
                of.objects(),
                of.draws(),
                of.donors(),
                of.controls(),
                true);
    }

    private static Evidence of(PairedEffect attracts, Optional<PairedEffect> needs, Optional<NaturalWitness> natural) {
        return new Evidence(
                        Optional.of(attracts),
                        needs,
                        Optional.empty(),
                        Optional.empty(),
                        natural,
                        true,
                        true,
                        ofRun(needs, natural))
                .corrected();
    }

    /** As if there were one candidate only. */
    private static double ofRun(Optional<PairedEffect> needs, Optional<NaturalWitness> natural) {
        double[] p = DoubleStream.concat(
                        needs.stream().mapToDouble(PairedEffect::p),
                        natural.stream().mapToDouble(NaturalWitness::p))
                .toArray();
        return DoubleStream.of(Holm.correct(p)).min().orElse(1);
    }

    private static Optional<NaturalWitness> natural(double p) {
        return Optional.of(new NaturalWitness(3, 9, 0, 90, p, p));
    }

    private static PairedEffect effect(double difference, double p) {
        return new PairedEffect(
                difference, 0, new Figure(difference, difference, difference, 100), p, p, 100, 1, 20, 40, false);
    }
}
