using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using OrderIssues.TestCommon;

namespace OrderIssues.WebApi.FunctionalTests.Hosting;

/// <summary>A program of Node's in a folder of the working tree, with what it needs from npm.</summary>
internal static class NodeProject
{
    private static readonly ConcurrentDictionary<string, Lazy<Task>> Installed = new();

    /// <summary>Makes it ready to run; skips the test where Node isn't there.</summary>
    public static Task RequireAsync(string project)
    {
        Tools.Require("node", "npm");
        return Installed.GetOrAdd(project, _ => new Lazy<Task>(() => InstallAsync(project))).Value;
    }

    /// <summary>Runs it, and reads the JSON that it prints.</summary>
    public static async Task<JsonNode> RunAsync(string project, params string[] arguments) =>
        JsonNode.Parse(await ExecuteAsync(project, "node", arguments))!;

    /// <summary>Runs its own tests.</summary>
    public static Task TestAsync(string project) => ExecuteAsync(project, "npm", "test");

    /// <summary>Runs a program there, which must succeed, and gives what it prints.</summary>
    public static async Task<string> ExecuteAsync(string project, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Path.Combine(Repository.Root, project),
            Environment = { ["ORDER_ISSUE_SERVICE"] = typeof(Program).Assembly.Location },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, $"{output}{await errors}");
        return output;
    }

    private static async Task InstallAsync(string project)
    {
        var folder = Path.Combine(Repository.Root, project);
        var wanted = File.GetLastWriteTimeUtc(Path.Combine(folder, "package-lock.json"));

        // A file that isn't there was written in 1601.
        if (File.GetLastWriteTimeUtc(Path.Combine(folder, "node_modules", ".package-lock.json")) < wanted)
        {
            await ExecuteAsync(project, "npm", "ci", "--no-audit", "--no-fund", "--silent");
        }
    }
}
