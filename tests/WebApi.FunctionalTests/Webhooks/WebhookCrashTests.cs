using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Fakes;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Webhooks;

/// <summary>A receiver that fails in every way, and a service that is killed while it delivers.</summary>
[CancelAfter(60_000)]
public sealed class WebhookCrashTests
{
    /// <summary>The receiver never takes the first event.</summary>
    private const int Poisoned = 1;
    private const string Secret = "whsec_bm90IGEgc2VjcmV0IG9mIGFueWJvZHkh";

    /// <summary>What the receiver does at the first attempt of these events.</summary>
    private static readonly Dictionary<int, Func<HttpContext, Task>> Failures = new()
    {
        [3] = FakeReceiver.Status(500),
        [5] = TooManyAsync,
        [7] = FakeApi.DropAsync,
        [9] = RedirectAsync,
        [12] = FakeApi.HangAsync,
        [14] = FakeReceiver.Status(410),
    };

    private readonly ConcurrentDictionary<int, int> attempts = new();
    private readonly TemporaryFolder folder = new();
    private FakeReceiver receiver = null!;
    private ServiceProcess? process;
    private int? first;
    private int created;

    [SetUp]
    public async Task Start()
    {
        receiver = await FakeReceiver.StartAsync();
        receiver.Always = context =>
        {
            var id = int.Parse(context.Request.Headers["webhook-id"].ToString().Split('_')[1], CultureInfo.InvariantCulture);
            first ??= id;
            var sequence = id - first.Value + 1;
            var attempt = attempts.AddOrUpdate(sequence, 1, (_, count) => count + 1);
            return sequence == Poisoned ? FakeReceiver.Status(500)(context)
                : attempt == 1 && Failures.TryGetValue(sequence, out var fail) ? fail(context)
                : Task.CompletedTask;
        };
    }

    [TearDown]
    public async Task Stop()
    {
        process?.Dispose();
        await receiver.DisposeAsync();
        folder.Dispose();
    }

    [Test]
    public async Task Each_event_arrives_though_the_service_is_killed_and_a_poisoned_one_holds_up_nobody()
    {
        await StartProcessAsync();
        do
        {
            // Before it is there, it gets nothing.
            await CreateAsync(1);
        }
        while (attempts.IsEmpty);

        await CreateAsync(20);
        await UntilAsync(() => attempts.ContainsKey(12));
        process!.Dispose();
        await StartProcessAsync();
        await CreateAsync(80);
        await UntilAsync(async () => await StateAsync() == "disabled");
        (await process!.Api.PostAsync("/api/webhook/erp/enable", "")).Succeeded();

        var last = created - first!.Value + 1;
        await UntilAsync(() => Failures.Keys.All(sequence => attempts.GetValueOrDefault(sequence) > 1) && attempts.ContainsKey(last));
        await UntilAsync(async () => (await PendingAsync()).SequenceEqual([first.Value]));
        Assert.That(attempts.Keys.Order(), Is.EqualTo(Enumerable.Range(1, last)));
        Assert.That(receiver.Calls, Has.All.EqualTo("POST /hook?token=hidden"), "Redirects aren't followed");
    }

    private static Task TooManyAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        return FakeReceiver.Status(429)(context);
    }

    private static Task RedirectAsync(HttpContext context)
    {
        context.Response.Redirect("/elsewhere");
        return Task.CompletedTask;
    }

    private static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.CurrentContext.CancellationToken);
        }
    }

    private async Task StartProcessAsync() => process = await ServiceProcess.StartAsync(
            folder.Path,
            [
                ("ASPNETCORE_ENVIRONMENT", "Development"),
                ("ConnectionStrings__Sqlite", "Data Source=x.db"),
                .. receiver.Settings(Secret).Select(setting => (setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value)),
            ]);

    private async Task CreateAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            (await process!.Api.CreateAsync(Api.Minimal())).Succeeded(HttpStatusCode.Created);
            created++;
        }
    }

    private async Task<string?> StateAsync() =>
        (string?)(await process!.Api.GetAsync("/api/webhook")).Succeeded().Body["data"]!.AsArray().Single()!["state"];

    private async Task<IEnumerable<int>> PendingAsync() =>
        (await process!.Api.GetAsync("/api/webhook/erp/delivery?status=pending")).Succeeded()
        .Body["data"]!.AsArray().Select(delivery => (int)delivery!["sequence"]!);
}
