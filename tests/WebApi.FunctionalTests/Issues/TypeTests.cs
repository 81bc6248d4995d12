using System.Net;
using System.Text.Json.Nodes;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.CommandLine;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Issues;

/// <summary>Types by what they mean, where others are stored from before they were configured.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class TypeTests(StoreKind store)
{
    private static readonly string[] Meant = ["wrong item", "Wrong-Item", "WRONG\u00a0_item", "MixUp", "mix-up"];
    private static readonly string[] Others = ["wrong items", "damaged", "Lost", "lost"];

    private Service? earlier;
    private Service? service;

    private Api Api => service!.Api;

    [SetUp]
    public async Task Start()
    {
        earlier = Service.On(store);
        foreach (var type in Meant.Concat(Others))
        {
            (await earlier.Api.CreateAsync(Body(type))).Succeeded(HttpStatusCode.Created);
        }

        service = earlier.Another(
            others: [("Issues:Types:0:Name", "wrong item"), ("Issues:Types:0:Synonyms", "mix-up"), ("Issues:Types:1:Name", "damaged")]);
    }

    [TearDown]
    public void Stop()
    {
        service?.Dispose();
        earlier?.Dispose();
    }

    [TestCase("issueType=wrong item")]
    [TestCase("issueType=WRONGITEM")]
    [TestCase("issueType=Mix_up")]
    [TestCase("issueType=mix up&issueType=wrong-item")]
    public async Task A_filter_finds_each_spelling_of_the_type_that_it_means(string filter)
    {
        Assert.That(await FindAsync(filter), Is.EquivalentTo(Meant));
        Assert.That(await FindAsync($"{filter}&q=note"), Is.EquivalentTo(Meant));
        Assert.That((int)(await Api.GetAsync($"/api/order-issue?{filter}&count=true&limit=1")).Body["page"]!["total"]!, Is.EqualTo(Meant.Length));
        Assert.That((await Api.GetAsync($"/api/order-issue/export?format=ndjson&{filter}")).Issues.Count(), Is.EqualTo(Meant.Length));
        Assert.That((int)(await Api.GetAsync($"/api/order-issue/stats?groupBy=status&resolved=false&{filter}")).Data["issues"]!, Is.EqualTo(Meant.Length));
    }

    [Test]
    public async Task A_filter_by_several_finds_what_each_finds() =>
        Assert.That(await FindAsync("issueType=mixup&issueType=LOST&issueType="), Is.EquivalentTo(Meant.Concat(["Lost", "lost"])));

    [Test]
    public async Task A_type_outside_the_list_is_found_in_any_case_and_not_by_its_blanks()
    {
        Assert.That(await FindAsync("issueType=LOST"), Is.EquivalentTo(new[] { "Lost", "lost" }));
        Assert.That(await FindAsync("issueType=lo-st"), Is.Empty);
        Assert.That(await FindAsync("issueType=wrong items"), Is.EqualTo(new[] { "wrong items" }));
    }

    [Test]
    public async Task Statistics_count_by_what_is_meant()
    {
        var groups = (await Api.GetAsync("/api/order-issue/stats?groupBy=issueType")).Succeeded().Data["groups"]!.AsArray();

        Assert.That(
            groups.Select(group => ((string?)group!["key"], (int)group["issues"]!)),
            Is.EqualTo(new[] { ("wrong item", 5), ("Lost", 2), ("damaged", 1), ("wrong items", 1) }));
        var byTwo = (await Api.GetAsync("/api/order-issue/stats?groupBy=issueType,status")).Succeeded().Data["groups"]!.AsArray();
        Assert.That(byTwo[0]!["keys"]!.ToJsonString(), Is.EqualTo("""["wrong item","open"]"""));
        Assert.That((int)byTwo[0]!["issues"]!, Is.EqualTo(5));
    }

    [Test]
    public async Task Without_types_each_spelling_but_for_its_case_is_a_type_of_its_own()
    {
        var groups = (await earlier!.Api.GetAsync("/api/order-issue/stats?groupBy=issueType")).Succeeded().Data["groups"]!.AsArray();

        Assert.That(groups, Has.Count.EqualTo(8));
        Assert.That((await earlier.Api.GetAsync("/api/order-issue?issueType=WRONG ITEM")).Issues.Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_change_of_other_fields_leaves_a_type_outside_the_list_alone()
    {
        var issue = (await Api.GetAsync("/api/order-issue?issueType=lost&limit=1")).Issues.Single()!;

        var changed = await Api.SendAsync(HttpMethod.Patch, $"/api/order-issue/{issue["issueId"]}", """{ "packer": "Jane" }""");

        Assert.That((string?)changed.Succeeded().Data["issueType"], Is.EqualTo((string?)issue["issueType"]));
    }

    [Test]
    public async Task Repair_tells_of_spellings_and_brings_them_to_their_type()
    {
        var before = (await Api.GetAsync("/api/order-issue?issueType=mixup&limit=1")).Issues.Single()!;

        var told = await RepairAsync(service!, apply: false);
        Assert.That(told, Does.Contain("9 issues looked at, 4 would change").And.Contain("would change: issueType: spelling to type: 4"));
        Assert.That(told, Does.Not.Contain("MixUp").And.Not.Contain("mix-up"));
        Assert.That(await FindAsync("issueType=mixup"), Is.EquivalentTo(Meant), "Nothing was changed yet");

        Assert.That(await RepairAsync(service!, apply: true), Does.Contain("9 issues looked at, 4 changed"));
        Assert.That(await FindAsync("issueType=mixup"), Is.EquivalentTo(Meant.Select(_ => "wrong item")));
        Assert.That(await FindAsync(""), Is.EquivalentTo(Meant.Select(_ => "wrong item").Concat(Others)));
        Assert.That(await RepairAsync(service!, apply: true), Does.Contain("9 issues looked at, 0 changed"));

        var after = (await Api.GetAsync($"/api/order-issue/{before["issueId"]}")).Data;
        Assert.That(((int)after["__v"]!, (string?)after["updatedAt"]), Is.EqualTo(((int)before["__v"]!, (string?)before["updatedAt"])));
        Assert.That((await Api.GetAsync($"/api/order-issue/{before["issueId"]}/history")).Body["data"]!.AsArray(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Repair_without_types_leaves_them_alone() =>
        Assert.That(await RepairAsync(earlier!, apply: true), Does.Contain("9 issues looked at, 0 changed"));

    private static JsonObject Body(string type)
    {
        var body = Api.Minimal();
        body["issueType"] = type;
        body["notes"] = "A note";
        return body;
    }

    private static async Task<string> RepairAsync(Service service, bool apply)
    {
        using var output = new StringWriter();
        Assert.That(await RepairCommand.RunAsync(service.Services, apply, output, default), Is.Zero);
        return output.ToString();
    }

    private async Task<IEnumerable<string>> FindAsync(string filter) =>
        [.. (await Api.GetAsync($"/api/order-issue?{filter}")).Succeeded().Issues.Select(issue => (string)issue!["issueType"]!)];
}
