using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Warren.Config;
using Warren.Fabric.Plans;

namespace Warren.Fabric.Tests.Plans;

/// <summary>The limits of a plan, and ids that stay.</summary>
public sealed class PlanCompilerTests
{
    private const string Web = "service web\naddress 192.0.2.0/24\naccess-policy workers\nexit\nexit\n";

    [Fact]
    public void Rejects_more_interfaces_than_a_mark_has_room_for()
    {
        var text = new StringBuilder();
        for (var i = 2; i < InterfacePlan.HighestId; i++)
            text.Append(Interface(i));
        Assert.Equal(InterfacePlan.HighestId, SmallPlan.Of(text.ToString()).Interfaces.Max(of => of.Id));
        var refused = SmallPlan.Compile(text.Append(Interface(99)).ToString());
        Assert.Null(refused.Plan);
        Assert.Equal(("too-many-interfaces", Severity.Error), (refused.Findings.Single().Rule, refused.Findings.Single().Severity));
    }

    [Fact]
    public void Rejects_a_lookup_that_the_kernel_would_load_for_minutes()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 400; i++)
            text.Append(CultureInfo.InvariantCulture, $"tenant t{i}\nmember inside\nneighborhood inside\naddress 10.0.{1 + (i >> 8)}.{i & 255}/32\nexit\nexit\nservice own{i}\naddress 172.16.{i >> 8}.{i & 255}/32\naccess-policy t{i}\nexit\nexit\n");
        Assert.Equal(401, SmallPlan.Of(text.ToString()).Classes.Count);
        for (var i = 0; i < 300; i++)
            text.Append(CultureInfo.InvariantCulture, $"service all{i}\nscope public\naddress 172.17.{i >> 7}.{(i & 127) << 1}/32\nexit\n");
        var refused = SmallPlan.Compile(text.ToString());
        Assert.Null(refused.Plan);
        var finding = Assert.Single(refused.Findings);
        Assert.Equal(("plan-too-large", Severity.Error), (finding.Rule, finding.Severity));
        Assert.NotNull(finding.Fix);
    }

    [Fact]
    public void Tenants_that_may_do_the_same_are_one_class()
    {
        const string more = """
            tenant guests
              member inside
                neighborhood inside
                address 10.0.0.128/25
              exit
            exit
            tenant others
              member inside
                neighborhood inside
                address 10.0.0.64/26
              exit
            exit

            """;
        var plan = SmallPlan.Of(more + "service web\naddress 192.0.2.0/24\naccess-policy workers\nexit\naccess-policy guests\nexit\nexit\n");
        Assert.Contains(plan.Classes, of => of.Tenants.SequenceEqual(["guests", "workers"]));
        Assert.Contains(plan.Classes, of => of.Tenants.SequenceEqual(["<global>", "others"]));
        Assert.Equal(2, plan.Classes.Count);
    }

    [Fact]
    public void A_new_interface_does_not_get_the_id_of_one_that_goes_with_it()
    {
        var before = SmallPlan.Of(Interface(1));
        var gone = before.Interfaces.Single(of => of.Name == "e1");
        var after = SmallPlan.Of(Interface(2), before);
        Assert.NotEqual(gone.Id, after.Interfaces.Single(of => of.Name == "e2").Id);
        foreach (var stays in after.Interfaces.Where(of => of.Name != "e2"))
            Assert.Equal(before.Interfaces.Single(of => of.Name == stays.Name).Id, stays.Id);
    }

    [Fact]
    public void A_new_entry_does_not_get_the_id_of_one_that_goes_with_it()
    {
        var before = SmallPlan.Of(Web);
        var after = SmallPlan.Of(Web.Replace("web", "wiki", System.StringComparison.Ordinal), before);
        Assert.Empty(before.Entries.Select(of => of.Id).Intersect(after.Entries.Select(of => of.Id)));
    }

    /// <summary>An id of 16 bits would be read as "denied": the mark has 15.</summary>
    [Fact]
    public void Entries_are_numbered_anew_where_old_and_new_ids_do_not_fit_beside_each_other()
    {
        var before = SmallPlan.Of(Web);
        var entry = before.Entries[0];
        var crowded = new List<EntryPlan>();
        for (var id = 1; id <= EntryPlan.HighestId; id++)
            crowded.Add(entry with { Id = id, Service = $"gone{id}" });
        var after = SmallPlan.Of(Web, before with { Entries = crowded });
        Assert.All(after.Entries, of => Assert.InRange(of.Id, 1, EntryPlan.HighestId));
        Assert.All(after.Services, row => Assert.Contains(after.Entries, of => of.Id == row.Entry));
    }

    private static string Interface(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"router r1\nnode n1\ndevice-interface e{number}\nnetwork-interface e{number}\naddress 10.9.{number}.1\nexit\nexit\nexit\nexit\nexit\n");
}
