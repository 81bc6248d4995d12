using Microsoft.Extensions.DependencyInjection;
using MongoDB.Bson;
using MongoDB.Driver;
using MongoDB.Driver.Core.Clusters;
using MongoDB.Driver.Core.Connections;
using MongoDB.Driver.Core.Servers;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Infrastructure.IntegrationTests.Stores;
using OrderIssues.Infrastructure.MongoDb;
using OrderIssues.Infrastructure.MongoDb.Moves;

namespace OrderIssues.Infrastructure.IntegrationTests.Moves;

/// <summary>The fence by its commands, which a server that stands in for MongoDB takes without effect.</summary>
public sealed class MongoFenceTests
{
    private MongoTestDatabase? database;
    private WatchedMongo? mongo;

    private MongoFence Fence => mongo!.Host.Services.GetRequiredService<MongoFence>();

    private BsonDocument Modified => mongo!.Commands.Single(command => command.GetElement(0).Name == "collMod");

    [SetUp]
    public async Task Start()
    {
        database = await MongoTestDatabase.RequireAsync();
        mongo = new WatchedMongo(database);
        await mongo.Host.PreparedAsync();
        mongo.Clear();
    }

    [TearDown]
    public async Task Stop()
    {
        mongo?.Dispose();
        await (database?.DropAsync() ?? Task.CompletedTask);
    }

    [Test]
    public async Task Is_a_validator_that_keeps_the_one_before_it()
    {
        await CreateAsync("""{ "a": 1 }""", "moderate", "warn");

        await Fence.SetAsync(["rules"], default);

        Assert.That(Modified["validator"], Is.EqualTo(BsonDocument.Parse("""
            { "$and": [{ "orderIssueFence.moderate.warn": { "$exists": true } }, { "a": 1 }] }
            """)));
        Assert.That((Modified["validationLevel"].AsString, Modified["validationAction"].AsString), Is.EqualTo(("strict", "error")));
    }

    [Test]
    public async Task Is_set_once_and_gives_back_the_one_before_it()
    {
        await CreateAsync("""{ "$and": [{ "orderIssueFence.moderate.warn": { "$exists": true } }, { "a": 1 }] }""", "strict", "error");

        await Fence.SetAsync(["rules"], default);
        Assert.That(await Fence.ReleaseAsync(["rules"], default), Is.True);

        Assert.That(Modified["validator"], Is.EqualTo(BsonDocument.Parse("""{ "a": 1 }""")));
        Assert.That((Modified["validationLevel"].AsString, Modified["validationAction"].AsString), Is.EqualTo(("moderate", "warn")));
    }

    [Test]
    public async Task Makes_a_collection_that_is_missing()
    {
        await Fence.SetAsync(["rules"], default);

        Assert.That(mongo!.Names, Is.SupersetOf(new[] { "create", "collMod" }));
        Assert.That(Modified["validator"], Is.EqualTo(BsonDocument.Parse("""
            { "$and": [{ "orderIssueFence.strict.error": { "$exists": true } }, {}] }
            """)));
    }

    [Test]
    public async Task Releases_nothing_where_there_is_none()
    {
        await CreateAsync("""{ "$and": [{ "a": 1 }, { "b": 1 }] }""", "strict", "error");

        Assert.That(await Fence.ReleaseAsync(["rules", "none"], default), Is.False);
        Assert.That(mongo!.Names, Has.None.EqualTo("collMod"));
    }

    // As in https://www.mongodb.com/docs/manual/core/schema-validation/handle-invalid-documents/
    [TestCase("orderIssueFence.strict.error", FailureCode.StoreUnavailable)]
    [TestCase("year", FailureCode.ValidationFailed)]
    public async Task Is_told_from_rules_of_an_operator(string path, FailureCode expected)
    {
        var result = BsonDocument.Parse($$"""
            {
              "ok": 0, "code": 121, "codeName": "DocumentValidationFailure", "errmsg": "Document failed validation",
              "errInfo": {
                "failingDocumentId": 1,
                "details": {
                  "operatorName": "$and",
                  "clausesNotSatisfied": [
                    {
                      "index": 0,
                      "details": { "operatorName": "$exists", "specifiedAs": { "{{path}}": { "$exists": true } }, "reason": "path does not exist" }
                    }
                  ]
                }
              }
            }
            """);
        var connection = new ConnectionId(new ServerId(new ClusterId(), new System.Net.DnsEndPoint("localhost", 27017)));
        var refused = new MongoCommandException(connection, "Document failed validation", [], result);

        try
        {
            await Task.FromException<int>(refused).OrUnavailableAsync();
            Assert.Fail("It was refused");
        }
        catch (FailureException failure)
        {
            Assert.That(failure.Code, Is.EqualTo(expected));
        }
    }

    private Task<BsonDocument> CreateAsync(string validator, string level, string action) => database!.Database.RunCommandAsync<BsonDocument>(new BsonDocument
    {
        { "create", "rules" },
        { "validator", BsonDocument.Parse(validator) },
        { "validationLevel", level },
        { "validationAction", action },
    });
}
