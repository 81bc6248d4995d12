using System.Diagnostics;
using System.Text.RegularExpressions;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Documents;

/// <summary>What deploy/ has for Prometheus and Grafana.</summary>
public sealed partial class DeployTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "deploy");

    [Test]
    public async Task Alerts_and_dashboard_name_only_metrics_that_there_are()
    {
        using var service = Service.Start(("Telemetry:Metrics", "true"));
        (await service.Api.GetAsync("/api/order-issue")).Succeeded();
        var served = Served().Matches((await service.Api.GetAsync("/metrics")).Text).Select(match => match.Groups["name"].Value);
        var described = Metric().Matches(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "operations.md"))).Select(match => match.Value);
        var known = served.Concat(described).ToHashSet();

        foreach (var file in new[] { "prometheus/alerts.yaml", "grafana/order-issues.json" })
        {
            var named = Metric().Matches(await File.ReadAllTextAsync(Path.Combine(Folder, file))).Select(match => Part().Replace(match.Value, "")).Distinct().ToList();
            Assert.That(named, Has.Count.GreaterThan(5));
            Assert.That(named.Except(known), Is.Empty, file);
        }
    }

    [TestCase("check rules alerts.yaml")]
    [TestCase("test rules alerts.test.yaml")]
    [TestCase("check config prometheus.yaml")]
    public async Task Prometheus_takes_them(string arguments)
    {
        Tools.Require("promtool");
        using var promtool = Process.Start(new ProcessStartInfo("promtool", arguments)
        {
            WorkingDirectory = Path.Combine(Folder, "prometheus"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = await Task.WhenAll(promtool.StandardOutput.ReadToEndAsync(), promtool.StandardError.ReadToEndAsync());
        await promtool.WaitForExitAsync();

        Assert.That(promtool.ExitCode, Is.Zero, string.Concat(output));
    }

    [GeneratedRegex("^# TYPE (?<name>[a-z_]+) ", RegexOptions.Multiline)]
    private static partial Regex Served();

    [GeneratedRegex(@"\b(order_issue|http_server|http_client|db_client|dotnet)_[a-z_]+")]
    private static partial Regex Metric();

    [GeneratedRegex("_(bucket|count|sum)$")]
    private static partial Regex Part();
}
