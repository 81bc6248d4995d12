using System.Net;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Upgrades;

/// <summary>An earlier version beside the present one on MongoDB, and before it on SQLite.</summary>
public sealed class UpgradeTests
{
    private const int Callers = 6;
    private const int Rounds = 15;
    private readonly TemporaryFolder folder = new();
    private EarlierVersion earlier = null!;

    [SetUp]
    public void Unpack() => earlier = new();

    [TearDown]
    public void Delete()
    {
        folder.Dispose();
        earlier.Dispose();
    }

    /// <summary>Under load, until the earlier one is stopped.</summary>
    [Test]
    public async Task Two_versions_work_on_one_MongoDB()
    {
        if (await MongoServer.NewDatabaseAsync() is not { } uri)
        {
            Assert.Ignore(MongoServer.HowTo);
            return;
        }

        using var old = await StartAsync(earlier.Command, ("ConnectionStrings__MongoDb", uri));
        using var current = await StartAsync(ServiceProcess.Command, ("ConnectionStrings__MongoDb", uri));
        var created = await BeginLogAsync(old.Api, current.Api);
        var stopped = false;
        var issues = await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            var mine = new List<string>();
            for (var round = 0; round < Rounds; round++)
            {
                stopped |= round == Rounds - 1;
                var apis = stopped ? [current.Api, current.Api] : (caller + round) % 2 == 0 ? new[] { old.Api, current.Api } : [current.Api, old.Api];
                var order = $"A-{caller}-{round}";
                mine.Add((await apis[0].CreateAsync(Api.Minimal(order))).Succeeded(HttpStatusCode.Created).IssueId!);
                (await apis[1].PutAsync($"/api/order-issue/discussion/{order}", """{ "userName": "Ann", "message": "Hello" }""")).Succeeded();
                (await apis[(round / 2) % 2].PutAsync($"/api/order-issue/update/{order}", """{ "status": "done" }""")).Succeeded();
            }

            return mine;
        }));
        await old.StopAsync();

        var numbers = issues.SelectMany(mine => mine).ToList();
        Assert.That(numbers.Select(number => int.Parse(number, null)).Order(), Is.EqualTo(Enumerable.Range(1_600_001 + created, Callers * Rounds)));
        foreach (var number in numbers)
        {
            var issue = (await current.Api.GetAsync($"/api/order-issue/{number}")).Succeeded().Data;
            Assert.That(((string?)issue["status"], issue["discussion"]!.AsArray().Count, (int)issue["__v"]!), Is.EqualTo(("done", 1, 2)));
            Assert.That((await current.Api.GetAsync($"/api/order-issue/{number}/history")).Issues.Count(), Is.EqualTo(3));
        }

        await KnowsAllAsync(current.Api, numbers);
    }

    [Test]
    public async Task A_newer_version_goes_on_with_the_file_of_an_earlier_one()
    {
        var store = ("ConnectionStrings__Sqlite", "Data Source=issues.db");
        string before;
        using (var old = await StartAsync(earlier.Command, store))
        {
            await old.Api.CreateAsync(Api.Minimal("A-1"));
            (await old.Api.PutAsync("/api/order-issue/discussion/A-1", """{ "userName": "Ann", "message": "The mug is broken" }""")).Succeeded();
            before = (await old.Api.GetAsync("/api/order-issue/1600001")).Body.ToJsonString();
            await old.StopAsync();
        }

        using (var current = await StartAsync(ServiceProcess.Command, store))
        {
            Assert.That((await current.Api.GetAsync("/api/order-issue/1600001")).Succeeded().Body.ToJsonString(), Is.EqualTo(before));
            Assert.That((await current.Api.GetAsync("/api/order-issue?q=broken")).Issues.Count(), Is.EqualTo(1));
            Assert.That((await current.Api.CreateAsync(Api.Minimal("A-2"))).IssueId, Is.EqualTo("1600002"));
            await current.StopAsync();
        }

        using var back = await StartAsync(earlier.Command, store);
        Assert.That(back.ExitCode, Is.EqualTo(1));
        Assert.That(back.Output, Does.Contain("was written by a newer version of this service"));
    }

    /// <summary>Reports issues to the earlier version until the present one has an event of such a one: what was before its first look has none.</summary>
    /// <returns>Number of issues.</returns>
    private static async Task<int> BeginLogAsync(Api old, Api current)
    {
        for (var created = 1; ; created++)
        {
            (await old.CreateAsync(Api.Minimal("A-0"))).Succeeded(HttpStatusCode.Created);
            if ((await current.GetAsync("/api/issue-event?wait=1")).Succeeded().Body["data"]!.AsArray().Count > 0)
            {
                return created;
            }
        }
    }

    /// <summary>The log tells the last state of each issue, whichever version changed it.</summary>
    private static async Task KnowsAllAsync(Api api, IReadOnlyCollection<string> numbers)
    {
        var unknown = numbers.ToHashSet();
        for (var after = 0L; unknown.Count > 0;)
        {
            var page = (await api.GetAsync($"/api/issue-event?after={after}&limit=200&wait=5")).Succeeded().Body;
            foreach (var told in page["data"]!.AsArray())
            {
                after = (long)told!["sequence"]!;
                if ((string?)told["data"]!["status"] == "done")
                {
                    unknown.Remove((string)told["data"]!["issueId"]!);
                }
            }
        }
    }

    private Task<ServiceProcess> StartAsync(IEnumerable<string> command, (string Key, string Value) store) =>
        ServiceProcess.StartAsync(folder.Path, command, store, ("Auth__AllowAnonymous", "true"));
}
