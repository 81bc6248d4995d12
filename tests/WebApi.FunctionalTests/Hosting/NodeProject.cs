using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using OrderIssues.TestCommon;

namespace OrderIssues.WebApi.FunctionalTests.Hosting;

/// <summary>A program of Node's in a folder of <c>tests</c>, with what it needs from npm.</summary>
internal static class NodeProject
{
    private static readonly ConcurrentDictionary<string, Lazy<Task>> Installed = new();

    /// <summary>Makes it ready to run; skips the test where Node isn't there.</summary>
    public static Task RequireAsync(string project)
    {
        Tools.Require("node", "npm");
        return Installed.GetOrAdd(
            project, _ => new Lazy<Task>(() => ExecuteAsync(project, "npm", "ci", "--no-audit", "--no-fund", "--silent"))).Value;
    }

    /// <summary>Runs it, and reads the JSON that it prints.</summary>
    public static async Task<JsonNode> RunAsync(string project, params string[] arguments) =>
        JsonNode.Parse(await ExecuteAsync(project, "node", arguments))!;

    private static async Task<string> ExecuteAsync(string project, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Path.Combine(Repository.Root, "tests", project),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, await errors);
        return output;
    }
}
