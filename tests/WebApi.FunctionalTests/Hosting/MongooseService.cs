using System.Diagnostics;
using System.Text.Json.Nodes;
using OrderIssues.TestCommon;

namespace OrderIssues.WebApi.FunctionalTests.Hosting;

/// <summary>What the Node service does to the database, done by npm's own mongoose (<c>tests/Mongoose</c>).</summary>
internal sealed class MongooseService(string mongoDb)
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Mongoose");

    private static readonly Lazy<Task> Installed = new(async () => await RunAsync("npm", "ci", "--no-audit", "--no-fund", "--silent"));

    /// <summary>Skips the test where Node isn't there.</summary>
    public static async Task RequireAsync()
    {
        Tools.Require("node", "npm");
        await Installed.Value;
    }

    public async Task<JsonNode> DoAsync(string command, JsonNode body) =>
        JsonNode.Parse(await RunAsync("node", "service.mjs", mongoDb, command, body.ToJsonString()))!;

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
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
