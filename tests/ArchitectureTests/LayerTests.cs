using ArchUnitNET.Fluent;
using MediatR;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace OrderIssues.ArchitectureTests;

/// <summary>Which layer may know which. Every rule holds for the product, and finds what breaks it.</summary>
public sealed class LayerTests
{
    private const string Framework = @"^(System|Microsoft\.CodeAnalysis|Coverlet)(\.|$)";

    private static readonly Dictionary<string, IArchRule> Rules = new()
    {
        ["DomainThatKnowsApplication"] = Types().That().ResideInNamespaceMatching(@"^OrderIssues\.Domain\.")
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(@"^OrderIssues\.(Application|Infrastructure|WebApi)(\.|$)")),
        ["DomainThatKnowsAPackage"] = Types().That().ResideInNamespaceMatching(@"^OrderIssues\.Domain\.")
            .Should().NotDependOnAny(Types(true).That().DoNotResideInNamespaceMatching(Framework).And().DoNotResideInNamespaceMatching(@"^OrderIssues\.")),
        ["ApplicationThatKnowsInfrastructure"] = Types().That().ResideInNamespaceMatching(@"^OrderIssues\.Application(\.|$)")
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(@"^OrderIssues\.(Infrastructure|WebApi)(\.|$)")),
        ["ApplicationThatKnowsHttp"] = Types().That().ResideInNamespaceMatching(@"^OrderIssues\.(Application|Infrastructure)(\.|$)")
            .Should().NotDependOnAny(Types(true).That().ResideInNamespaceMatching(@"^Microsoft\.AspNetCore(\.|$)")),
        ["InfrastructureThatKnowsWebApi"] = Types().That().ResideInNamespaceMatching(@"^OrderIssues\.Infrastructure(\.|$)")
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(@"^OrderIssues\.WebApi(\.|$)")),
        ["AdapterThatOthersCanName"] = Types().That().ResideInNamespaceMatching(@"^OrderIssues\.Infrastructure\.")
            .Should().NotBePublic(),
        ["LeakyController"] = Classes().That().HaveNameEndingWith("Controller").And().ResideInNamespaceMatching(@"^OrderIssues\.WebApi\.")
            .Should().NotDependOnAny(Types().That().HaveNameEndingWith("Store").Or().HaveNameEndingWith("Queries").Or().HaveNameEndingWith("Source")),
    };

    public static IEnumerable<string> Names => Rules.Keys;

    [TestCaseSource(nameof(Names))]
    public void Holds_for_the_product(string rule) =>
        Assert.That(Broken(rule, Code.Product), Is.Empty);

    [TestCaseSource(nameof(Names))]
    public void Finds_what_breaks_it(string rule) =>
        Assert.That(Broken(rule, Code.WithViolations), Has.Some.Contains(rule));

    [Test]
    public void Every_request_has_one_handler_and_is_seen_when_it_has_none()
    {
        Assert.That(Unhandled(typeof(Application.DependencyInjection).Assembly), Is.Empty);
        Assert.That(Unhandled(typeof(LayerTests).Assembly), Is.EqualTo(new[] { "UnhandledRequest" }));
    }

    private static IEnumerable<string> Broken(string rule, ArchUnitNET.Domain.Architecture code) =>
        Rules[rule].Evaluate(code).Where(result => !result.Passed).Select(result => result.Description);

    private static IEnumerable<string> Unhandled(System.Reflection.Assembly assembly)
    {
        var handled = assembly.GetTypes().SelectMany(type => Arguments(type, typeof(IRequestHandler<,>))).ToList();
        return assembly.GetTypes()
            .Where(type => !type.IsAbstract && Arguments(type, typeof(IRequest<>)).Any() && handled.Count(request => request == type) != 1)
            .Select(type => type.Name);
    }

    private static IEnumerable<Type> Arguments(Type type, Type definition) => type.GetInterfaces()
        .Where(face => face.IsGenericType && face.GetGenericTypeDefinition() == definition)
        .Select(face => face.GetGenericArguments()[0]);
}
