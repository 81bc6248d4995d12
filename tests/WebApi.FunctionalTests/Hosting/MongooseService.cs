using System.Text.Json.Nodes;

namespace OrderIssues.WebApi.FunctionalTests.Hosting;

/// <summary>What the Node service does to the database, done by npm's own mongoose.</summary>
internal sealed class MongooseService(string mongoDb)
{
    private const string Project = "tests/Mongoose";

    /// <summary>Skips the test where Node isn't there.</summary>
    public static Task RequireAsync() => NodeProject.RequireAsync(Project);

    public Task<JsonNode> DoAsync(string command, JsonNode body) =>
        NodeProject.RunAsync(Project, "service.mjs", mongoDb, command, body.ToJsonString());
}
