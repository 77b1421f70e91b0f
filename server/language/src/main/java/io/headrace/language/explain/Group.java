package io.headrace.language.explain;

import io.headrace.language.Plan;
import io.headrace.language.Plan.Condition.Verdict;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A job with all of its variants, as a node of a drawing.
 *
 * @param name the key in the file
 * @param ids of its variants
 * @param axes of its matrix with the values that occur; empty without a matrix
 * @param level from 0; groups of one level need only groups of earlier levels
 * @param needs names of groups, without those that other needs imply
 * @param verdicts how many of its variants run, are skipped, or are decided later
 * @param reason why, if it is the same for all; else null
 * @param critical whether one of them is on the critical path
 */
public record Group(
        String name,
        List<String> ids,
        Map<String, List<String>> axes,
        @Nullable String stage,
        int level,
        List<String> needs,
        Map<Verdict, Integer> verdicts,
        @Nullable String reason,
        boolean critical) {

    /** Above it, edges are drawn as they are: finding out which are implied takes too long. */
    private static final int MAX_REDUCED = 3000;

    /** Returns the verdict if all variants have the same, else null. */
    public @Nullable Verdict verdict() {
        return verdicts.size() == 1 ? verdicts.keySet().iterator().next() : null;
    }

    /** Returns the groups sorted by level, then as in the file. */
    static List<Group> of(List<PlanOutline.Node> nodes, Plan plan) {
        var members = new LinkedHashMap<String, List<PlanOutline.Node>>();
        var base = new HashMap<String, String>();
        for (var node : nodes) {
            members.computeIfAbsent(node.baseName(), _ -> new ArrayList<>()).add(node);
            base.put(node.id(), node.baseName());
        }
        var needs = needs(plan, base);
        var order = sorted(members.keySet(), needs);
        var reduced = order.size() <= MAX_REDUCED ? reduced(order, needs) : needs;
        var levels = new HashMap<String, Integer>();
        var groups = new ArrayList<Group>();
        for (var name : order) {
            int level = 0;
            for (var need : needs.getOrDefault(name, Set.of())) {
                level = Math.max(level, levels.getOrDefault(need, 0) + 1);
            }
            levels.put(name, level);
            groups.add(
                    group(
                            name,
                            members.getOrDefault(name, List.of()),
                            level,
                            List.copyOf(reduced.getOrDefault(name, Set.of()))));
        }
        groups.sort(Comparator.comparingInt(Group::level));
        return List.copyOf(groups);
    }

    private static Map<String, Set<String>> needs(Plan plan, Map<String, String> base) {
        var needs = new LinkedHashMap<String, Set<String>>();
        for (var job : plan.jobs()) {
            var own = needs.computeIfAbsent(job.baseName(), _ -> new LinkedHashSet<>());
            for (var need : job.needs()) {
                var name = base.getOrDefault(need, need);
                if (!name.equals(job.baseName())) {
                    own.add(name);
                }
            }
        }
        return needs;
    }

    /** Returns names so that each comes after what it needs, else in their order. */
    private static List<String> sorted(Set<String> names, Map<String, Set<String>> needs) {
        var index = new HashMap<String, Integer>();
        var all = List.copyOf(names);
        for (int i = 0; i < all.size(); i++) {
            index.put(all.get(i), i);
        }
        var waiting = new int[all.size()];
        var dependants = new ArrayList<List<Integer>>();
        all.forEach(_ -> dependants.add(new ArrayList<>()));
        var ready = new TreeSet<Integer>();
        for (int i = 0; i < all.size(); i++) {
            var own = needs.getOrDefault(all.get(i), Set.of());
            waiting[i] = own.size();
            for (var need : own) {
                dependants.get(index.getOrDefault(need, i)).add(i);
            }
            if (own.isEmpty()) {
                ready.add(i);
            }
        }
        var order = new ArrayList<String>();
        for (var next = ready.pollFirst(); next != null; next = ready.pollFirst()) {
            order.add(all.get(next));
            for (int dependant : dependants.get(next)) {
                if (--waiting[dependant] == 0) {
                    ready.add(dependant);
                }
            }
        }
        return order;
    }

    /** Leaves out what is needed by something else that is needed. */
    private static Map<String, Set<String>> reduced(
            List<String> order, Map<String, Set<String>> needs) {
        var index = new HashMap<String, Integer>();
        for (int i = 0; i < order.size(); i++) {
            index.put(order.get(i), i);
        }
        var before = new ArrayList<BitSet>();
        var reduced = new HashMap<String, Set<String>>();
        for (var name : order) {
            var implied = new BitSet();
            var all = new BitSet();
            for (var need : needs.getOrDefault(name, Set.of())) {
                int at = index.getOrDefault(need, 0);
                implied.or(before.get(at));
                all.set(at);
            }
            var kept = new LinkedHashSet<String>();
            for (var need : needs.getOrDefault(name, Set.of())) {
                if (!implied.get(index.getOrDefault(need, 0))) {
                    kept.add(need);
                }
            }
            reduced.put(name, kept);
            all.or(implied);
            before.add(all);
        }
        return reduced;
    }

    private static Group group(
            String name, List<PlanOutline.Node> members, int level, List<String> needs) {
        var axes = new LinkedHashMap<String, Set<String>>();
        var verdicts = new EnumMap<Verdict, Integer>(Verdict.class);
        for (var member : members) {
            member.matrix()
                    .forEach((axis, value) ->
                            axes.computeIfAbsent(axis, _ -> new LinkedHashSet<>()).add(value));
            verdicts.merge(member.verdict(), 1, Integer::sum);
        }
        var values = new LinkedHashMap<String, List<String>>();
        axes.forEach((axis, each) -> values.put(axis, List.copyOf(each)));
        var reasons = new LinkedHashSet<@Nullable String>();
        members.forEach(member -> reasons.add(member.reason()));
        return new Group(
                name,
                members.stream().map(PlanOutline.Node::id).toList(),
                values,
                members.isEmpty() ? null : members.getFirst().stage(),
                level,
                needs,
                verdicts,
                reasons.size() == 1 ? reasons.getFirst() : null,
                members.stream().anyMatch(PlanOutline.Node::critical));
    }
}
