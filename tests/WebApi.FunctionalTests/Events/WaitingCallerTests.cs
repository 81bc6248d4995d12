using System.Net;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Events;

/// <summary>Many who wait on one instance.</summary>
public sealed class WaitingCallerTests
{
    private const int Callers = 40;
    private const int CallsPerCaller = 25;

    [Test]
    public async Task A_thousand_are_answered_and_hold_up_nobody()
    {
        using var service = Service.Start([.. Keys(Callers)]);
        var waiting = (from caller in Enumerable.Range(0, Callers) from _ in Enumerable.Range(0, CallsPerCaller) select WaitAsync(service, caller)).ToList();
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        Assert.That(waiting.Count(call => call.IsCompleted), Is.Zero);

        // More than the 500 that may be at work in one operation: others still list events.
        (await service.Api.GetAsync("/api/issue-event")).Succeeded();
        (await service.Api.CreateAsync(Api.Minimal())).Succeeded(HttpStatusCode.Created);

        foreach (var answer in await Task.WhenAll(waiting))
        {
            Assert.That(answer.Succeeded().Body["data"]!.AsArray(), Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task A_caller_has_32_of_them()
    {
        using var service = Service.Start([.. Keys(2)]);
        using var end = new CancellationTokenSource();
        var streams = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => EventStream.OpenAsync(service.Api.Address, "", ("X-Api-Key", Key(0)))));
        Assert.That(streams.Select(stream => stream.Response.StatusCode), Is.All.EqualTo(HttpStatusCode.OK));

        (await WaitAsync(service, 0)).Failed(HttpStatusCode.ServiceUnavailable, "overloaded");
        using var other = await EventStream.OpenAsync(service.Api.Address, "", ("X-Api-Key", Key(1)));
        Assert.That(other.Response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        streams[0].Dispose();
        (await service.Api.CreateAsync(Api.Minimal())).Succeeded(HttpStatusCode.Created);

        var answer = await WaitAsync(service, 0);
        for (var tries = 0; answer.Status == HttpStatusCode.ServiceUnavailable && tries < 100; tries++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            answer = await WaitAsync(service, 0);
        }

        answer.Succeeded();
        Array.ForEach(streams, stream => stream.Dispose());
    }

    private static Task<Answer> WaitAsync(Service service, int caller)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/issue-event?after=0&wait=30");
        request.Headers.Add("X-Api-Key", Key(caller));
        return service.Api.SendAsync(request);
    }

    private static string Key(int caller) => $"a-key-of-caller-{caller:D4}";

    private static IEnumerable<(string, string)> Keys(int count) => Enumerable.Range(0, count).SelectMany(caller => new[]
    {
        ($"Auth:ApiKeys:{caller}:Name", $"caller-{caller}"), ($"Auth:ApiKeys:{caller}:Key", Key(caller)), ($"Auth:ApiKeys:{caller}:Scopes", "issues:read"),
    });
}
