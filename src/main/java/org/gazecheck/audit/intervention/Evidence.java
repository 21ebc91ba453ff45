package org.gazecheck.audit.intervention;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.gazecheck.results.Finding.Grade;
import org.gazecheck.results.Interventions.NaturalWitness;
import org.gazecheck.results.Interventions.PairedEffect;
import org.gazecheck.stats.Holm;

/**
 * What speaks for one possible shortcut, and how well that establishes it. It is proven when it attracts, corrected over all that
 * were tried and by at least the least effect, and when a second witness holds besides. It is suspected when one of these
 * stands alone; then the witness is corrected over all of the run. Nothing follows from an association in training.
 *
 * @param attracts q of it corrected over all that were tried
 * @param sufficient whether there were donors and controls enough for a proof
 * @param alone whether what was put on can hold nothing of the class's own object; else a proof needs the natural witness
 * @param ofRun the least q of its witnesses, corrected over those of all candidates
 */
record Evidence(
        Optional<PairedEffect> attracts,
        Optional<PairedEffect> needs,
        Optional<PairedEffect> repairs,
        Optional<PairedEffect> rescues,
        Optional<NaturalWitness> natural,
        boolean sufficient,
        boolean alone,
        double ofRun) {
    /** Of a whole run: the chance of anything proven where nothing attracts. */
    static final double LEVEL = 0.01;

    static final double LEAST = 0.08;
    static final double WITNESS = 0.05;
    private static final double SUSPECTED = 0.01;

    /** The same, with the witnesses corrected among themselves (Holm 1979). */
    Evidence corrected() {
        List<Double> p = new ArrayList<>();
        for (Optional<PairedEffect> effect : List.of(needs, repairs, rescues)) {
            effect.ifPresent(of -> p.add(of.p()));
        }
        natural.ifPresent(witness -> p.add(witness.p()));
        Iterator<Double> q = Arrays.stream(
                        Holm.correct(p.stream().mapToDouble(Double::doubleValue).toArray()))
                .iterator();
        return new Evidence(
                attracts,
                needs.map(effect -> effect.corrected(q.next())),
                repairs.map(effect -> effect.corrected(q.next())),
                rescues.map(effect -> effect.corrected(q.next())),
                natural.map(witness -> witness.corrected(q.next())),
                sufficient,
                alone,
                ofRun);
    }

    /** Of evidence that is corrected; empty where nothing was found. */
    Optional<Grade> grade() {
        boolean witnessed =
                DoubleStream.of(q(needs), q(repairs), q(rescues), ofNatural()).anyMatch(q -> q <= WITNESS);
        if (attracting() && witnessed && sufficient && (alone || ofNatural() <= WITNESS)) {
            return Optional.of(Grade.PROVEN);
        }
        return suspicious() || ofRun <= WITNESS ? Optional.of(Grade.SUSPECTED) : Optional.empty();
    }

    /** Whether it attracts, corrected over all that were tried, and by at least the least effect. */
    boolean attracting() {
        return attracts.filter(
                        effect -> effect.q() <= LEVEL && effect.difference().value() >= LEAST)
                .isPresent();
    }

    /** Whether it attracts if nothing is corrected. */
    boolean suspicious() {
        return attracts.filter(effect -> effect.p() < SUSPECTED).isPresent();
    }

    /** Whether anything but images as they are speaks for it. */
    boolean intervened() {
        boolean drewNone = attracts.filter(PairedEffect::stopped).isPresent();
        return suspicious()
                || DoubleStream.of(drewNone ? 1 : q(needs), q(repairs), q(rescues))
                        .anyMatch(q -> q <= WITNESS);
    }

    /** Whether the class is missed without it. */
    boolean needed() {
        return q(needs) <= WITNESS;
    }

    private static double q(Optional<PairedEffect> effect) {
        return effect.map(PairedEffect::q).orElse(1.0);
    }

    private double ofNatural() {
        return natural.map(NaturalWitness::q).orElse(1.0);
    }
}
