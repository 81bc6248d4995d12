using System.Net;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OrderIssues.Client;
using OrderIssues.WebApi.FunctionalTests.Hosting;
using static OrderIssues.WebApi.FunctionalTests.Clients.DotnetClient;
using static OrderIssues.WebApi.FunctionalTests.Clients.Steps;

namespace OrderIssues.WebApi.FunctionalTests.Clients;

/// <summary>How calls fail that aren't tried again, or in vain.</summary>
public sealed class FailureTests
{
    private readonly FakeTimeProvider time = new();

    [TestCase(302, Description = "where a login page is")]
    [TestCase(307)]
    [TestCase(404)]
    [TestCase(418)]
    public async Task An_answer_that_is_not_the_services_is_told_from_its_own(int status)
    {
        var script = new Script(Answer(status, "<html></html>", "text/html", ("Location", "https://login.example")));

        var failure = await FailureOf(time.LetPassUntilAsync(Of(script, time).GetIssueAsync("1600001"), 100));

        Assert.That((failure.Code, (int?)failure.Status, script.Requests.Count), Is.EqualTo((status is >= 300 and < 400 ? ProblemCode.Redirected : ProblemCode.UnexpectedAnswer, status, 1)));
        Assert.That(failure.TraceId, Does.Match("^[0-9a-f]{32}$"));
    }

    [TestCase("<html>Sign in</html>", "text/html")]
    [TestCase("{}", "application/json")]
    [TestCase("""{"ok":true,"data":null}""", "application/json")]
    [TestCase("null", "application/json")]
    public async Task A_success_that_is_not_the_services_is_a_failure(string body, string mediaType)
    {
        var script = new Script(Answer(200, body, mediaType));

        var failure = await FailureOf(time.LetPassUntilAsync(Of(script, time).GetIssueAsync("1600001"), 100));

        Assert.That((failure.Code, script.Requests.Count), Is.EqualTo((ProblemCode.UnexpectedAnswer, 1)));
    }

    [Test]
    public async Task Values_and_properties_that_are_unknown_yet_do_no_harm()
    {
        var script = new Script(Answer(200, Issue.Replace("\"open\"", "\"on hold\",\"mood\":{\"a\":[1]}", StringComparison.Ordinal)));
        Assert.That((await Of(script).GetIssueAsync("1600001")).Data.Status, Is.EqualTo("on hold"));

        var failure = await FailureOf(Of(new Script(Problem(409, "frozen"))).GetIssueAsync("1600001"));
        Assert.That((failure.Code, failure.Status, failure.Message), Is.EqualTo(("frozen", HttpStatusCode.Conflict, "GET /api/order-issue/1600001: Title: Detail.")));
    }

    [Test]
    public async Task No_answer_in_time_and_no_connection_are_told_apart()
    {
        var late = await FailureOf(time.LetPassUntilAsync(Of(options => options.Retries = 0, new Script(Hang), time).GetIssueAsync("1600001"), 1000));
        var broken = await FailureOf(Of(options => options.Retries = 0, new Script(Break)).GetIssueAsync("1600001"));

        Assert.That((late.Code, late.Status), Is.EqualTo((ProblemCode.Timeout, (HttpStatusCode?)null)));
        Assert.That((broken.Code, broken.Status), Is.EqualTo((ProblemCode.Unreachable, (HttpStatusCode?)null)));
        Assert.That(broken.InnerException, Is.InstanceOf<HttpRequestException>());
    }

    [Test]
    public async Task A_call_that_its_caller_ends_fails_with_the_callers_token([Values] bool whileWaiting)
    {
        using var cancellation = new CancellationTokenSource();
        var script = new Script(whileWaiting ? Problem(503, "overloaded", ("Retry-After", "9")) : Hang);
        var call = Of(script, time).GetIssueAsync("1600001", cancellationToken: cancellation.Token);
        Assert.That(call.IsCompleted, Is.False);

        await cancellation.CancelAsync();

        var ended = await Assert.CatchAsync<OperationCanceledException>(() => call);
        Assert.That(ended!.CancellationToken, Is.EqualTo(cancellation.Token));
        Assert.That(script.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_file_that_breaks_off_fails_where_it_is_read()
    {
        await using var gateway = await FakeGateway.StartAsync();
        gateway.Next(FakeGateway.TruncateAsync);

        using var file = await Of(options => options.BaseUrl = new(gateway.BaseUrl)).ExportIssuesAsync(new() { Format = ExportFormat.Csv });

        Assert.That(() => file.Content.CopyToAsync(Stream.Null), Throws.InstanceOf<IOException>());
    }

    [Test]
    public async Task A_file_may_take_longer_than_a_try_once_it_has_begun()
    {
        using var file = await Of(new Script(Answer(200, "a;b", "text/csv")), time).ExportIssuesAsync(new() { Format = ExportFormat.Csv });
        time.Advance(TimeSpan.FromHours(1));
        Assert.That(await new StreamReader(file.Content).ReadToEndAsync(), Is.EqualTo("a;b"));
    }

    [TestCase("")]
    [TestCase(".")]
    [TestCase("..")]
    public void A_value_that_would_name_another_path_is_refused(string issueId)
    {
        var script = new Script(Succeed);
        Assert.That(() => Of(script).GetIssueAsync(issueId), Throws.ArgumentException);
        Assert.That(script.Requests, Is.Empty);
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("é")]
    [TestCase("a\r\nX-Evil: 1")]
    public void A_condition_or_key_that_would_count_as_none_is_refused(string? value)
    {
        Assert.That(() => new PatchIssueOptions { IfMatch = value }, Throws.ArgumentException);
        Assert.That(() => new CreateIssueOptions { IdempotencyKey = value }, Throws.ArgumentException);
        Assert.That(() => Of(new Script(Succeed)).GetIssueIfChangedAsync("1600001", value!), Throws.ArgumentException);
    }

    [Test]
    public void A_filter_without_values_does_not_find_all() =>
        Assert.That(() => Of(new Script(Succeed)).ListIssuesAsync(new() { Status = [] }), Throws.ArgumentException);

    [TestCase("issues.example", null)]
    [TestCase("ftp://issues.example", null)]
    [TestCase("http://issues.example?a=1", null)]
    [TestCase("http://issues.example/#a", null)]
    [TestCase("http://issues.example", "")]
    [TestCase("http://issues.example", "ключ")]
    public void Options_that_cannot_work_are_refused(string baseUrl, string? key) =>
        Assert.That(
            () => Of(options => (options.BaseUrl, options.ApiKey) = (new Uri(baseUrl, UriKind.RelativeOrAbsolute), key)),
            Throws.InstanceOf<OptionsValidationException>());
}
