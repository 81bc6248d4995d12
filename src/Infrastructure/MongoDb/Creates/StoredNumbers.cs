using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Infrastructure.MongoDb.Documents;

namespace OrderIssues.Infrastructure.MongoDb.Creates;

/// <summary>Numbers of the stored issues, in any form.</summary>
internal sealed class StoredNumbers(MongoDatabase database)
{
    /// <summary>Least number of 16 digits: longer ones aren't an issue's.</summary>
    private const long OneTooLong = 1_000_000_000_000_000;
    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;
    private static readonly ProjectionDefinition<BsonDocument> NumberAlone = new BsonDocument
    {
        { FieldNames.Id, 0 }, { IssueField.IssueId.Name, 1 },
    };

    private readonly IMongoCollection<BsonDocument> issues = database.LongRunning(database.Issues);

    /// <summary>Looks up by the index which of some numbers are taken.</summary>
    public async Task<IReadOnlyList<long>> TakenAsync(long first, int count, CancellationToken cancellationToken)
    {
        var forms = Enumerable.Range(0, count).SelectMany(i => BsonValues.FormsOf((first + i).ToString(CultureInfo.InvariantCulture)));
        var found = await issues
            .Find(Where.In(IssueField.IssueId.Name, forms), new FindOptions { MaxTime = MongoDatabase.LongTimeout })
            .Project(NumberAlone)
            .ToListAsync(cancellationToken);

        // A list with a number among its elements has it, too.
        return found.ConvertAll(issue => BsonValues.Number(issue[IssueField.IssueId.Name]) ?? first);
    }

    /// <summary>Reads all numbers, and gives the highest; 0 for none.</summary>
    public async Task<long> HighestAsync(CancellationToken cancellationToken)
    {
        // A list matches by its elements, but is no number.
        var isList = Where.Type(IssueField.IssueId.Name, BsonType.Array);
        var isNumber = Where.Gte<BsonValue>(IssueField.IssueId.Name, 0) & Where.Lt<BsonValue>(IssueField.IssueId.Name, OneTooLong);
        var number = await issues
            .Find(isNumber & Where.Not(isList), new FindOptions { MaxTime = MongoDatabase.LongTimeout })
            .Sort(new BsonDocument(IssueField.IssueId.Name, -1)).Project(NumberAlone).FirstOrDefaultAsync(cancellationToken);

        // As texts, 999999 would sort after 1600000. What is no text, but matches, is left out late, so that the index alone is read.
        var text = await issues
            .Aggregate(new AggregateOptions { MaxTime = MongoDatabase.LongTimeout })
            .Match(Where.Regex(IssueField.IssueId.Name, TextPattern.Number))
            .Project<BsonDocument>(BsonDocument.Parse("""
                {
                  "_id": 0,
                  "digits": {
                    "$cond": [
                      { "$eq": [{ "$type": "$issueId" }, "string"] }, { "$regexFind": { "input": "$issueId", "regex": "[0-9]+" } }, null
                    ]
                  }
                }
                """))
            .Group<BsonDocument>(BsonDocument.Parse("""
                {
                  "_id": null,
                  "issueId": { "$max": { "$convert": { "input": "$digits.match", "to": "long", "onError": null, "onNull": null } } }
                }
                """))
            .FirstOrDefaultAsync(cancellationToken);
        return new[] { number, text }.Max(found => BsonValues.Number(found?.GetValue(IssueField.IssueId.Name, null)) ?? 0);
    }
}
