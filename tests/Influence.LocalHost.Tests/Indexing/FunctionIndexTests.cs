namespace Influence.LocalHost.Tests.Indexing;

public sealed class FunctionIndexTests
{
    private const string ByQueue = """{"name":"message","type":"queueTrigger","direction":"In","queueName":"%Queue%-in"}""";
    private const string ByTimer = """{"name":"timer","type":"timerTrigger","direction":"In","schedule":"%Schedule%"}""";
    private const string Output = """{"name":"$return","type":"http","direction":"Out"}""";

    [Fact]
    public void Settings_stand_in_for_their_names()
    {
        var index = Functions.Index(
            [Functions.Of("A", ByQueue), Functions.Of("B", ByTimer)],
            ("Queue", "mail"),
            ("Schedule", "0 0 3 * * *")
        );
        Assert.Equal("mail-in", index.Functions.OfType<QueueFunction>().Single().Queue);
        Assert.Equal(
            new DateTime(2026, 1, 1, 3, 0, 0),
            index.Functions.OfType<TimerFunction>().Single().Schedule.GetNextOccurrence(new DateTime(2026, 1, 1))
        );
    }

    [Theory]
    [InlineData(ByQueue, "'Queue'")]
    [InlineData("""{"name":"t","type":"timerTrigger","schedule":"every day"}""", "'every day'")]
    [InlineData("""{"name":"t","type":"timerTrigger","schedule":"0 3 * * *"}""", "six fields")]
    [InlineData(Output, "0 triggers")]
    [InlineData("""{"name":"pigeon","type":"carrierPigeonTrigger"}""", "'carrierPigeonTrigger' is not known")]
    [InlineData("""{"name":"r","type":"httpTrigger","authLevel":"System","methods":["get"]}""", "'System' is not known")]
    [InlineData("""{"name":"r","type":"httpTrigger","authLevel":"Anonymous"}""", "no methods")]
    public void A_function_that_cannot_be_served_is_named_with_the_reason(string binding, string reason) =>
        AssertRefused(reason, "Wrong", Functions.Of("Wrong", binding));

    [Theory]
    [InlineData("""{"name":"$return","type":"queue","direction":"Out","queueName":"q"}""", "'queue' is not known")]
    [InlineData("""{"name":"blob","type":"blob","direction":"In","path":"a/b"}""", "'blob' is not known")]
    public void A_function_with_a_binding_besides_its_trigger_is_refused(string binding, string reason) =>
        AssertRefused(reason, "Wrong", Functions.Of("Wrong", Queue("a"), binding));

    [Fact]
    public void One_function_has_one_trigger_and_a_name_of_its_own()
    {
        AssertRefused("2 triggers", "Two", Functions.Of("Two", Queue("a"), Queue("b")));
        AssertRefused("same name", "Twin", Functions.Of("Twin", Queue("a")), Functions.Of("Twin", Queue("b")));
    }

    [Fact]
    public void Two_routes_that_differ_only_in_names_are_the_same()
    {
        var first = Functions.Of("RouteA", Http("things/{id}", "get", "post"), Output);
        AssertRefused("'RouteA' has the same route, GET things/{}", "RouteB", first, Functions.Of("RouteB", Http("things/{name}", "get")));
        Assert.Equal(2, Functions.Index([first, Functions.Of("RouteB", Http("things/{name}", "put"))]).Functions.Count);
    }

    [Fact]
    public void A_function_without_route_and_level_is_served_by_its_name_for_a_function_key()
    {
        var function = Functions.Index([Functions.Of("Plain", """{"name":"r","type":"httpTrigger","methods":["get"]}""")]).Functions[0];
        var http = Assert.IsType<HttpFunction>(function);
        Assert.Equal(("Plain", KeyLevel.Function), (http.Route, http.Level));
        Assert.Equal(["GET"], http.Methods);
    }

    [Theory]
    [InlineData("AzureWebJobs.Wrong.Disabled", "true", 0)]
    [InlineData("AzureWebJobs:Wrong:Disabled", "True", 0)]
    [InlineData("AzureWebJobs.Wrong.Disabled", "1", 0)]
    [InlineData("AzureWebJobs.Wrong.Disabled", "false", 1)]
    [InlineData("AzureWebJobs.Other.Disabled", "true", 1)]
    public void A_disabled_function_is_not_served_nor_checked(string setting, string value, int served)
    {
        var metadata = Functions.Of("Wrong", Queue(served == 0 ? "%Missing%" : "there"));
        Assert.Equal(served, Functions.Index([metadata], (setting, value)).Functions.Count);
    }

    [Fact]
    public void Where_host_json_lists_functions_no_others_are_served()
    {
        RpcFunctionMetadata[] all = [Functions.Of("One", Queue("a")), Functions.Of("Two", Queue("b")), Functions.Of("Off", Queue("c"))];
        var host = new HostJson { Functions = ["one", "Off", "Nobody"] };
        var index = Functions.Index(host, all, ("AzureWebJobs.Off.Disabled", "true"));
        Assert.Equal(["One"], index.Functions.Select(f => f.Name));
    }

    private static string Queue(string queue) => $$"""{"name":"m","type":"queueTrigger","direction":"In","queueName":"{{queue}}"}""";

    private static string Http(string route, params string[] methods) =>
        $$"""
            {"name":"r","type":"httpTrigger","direction":"In","authLevel":"Anonymous","route":"{{route}}","methods":["{{string.Join(
                "\",\"",
                methods
            )}}"]}
            """;

    private static void AssertRefused(string reason, string function, params RpcFunctionMetadata[] functions)
    {
        var error = Assert.Throws<FunctionIndexException>(() => Functions.Index(functions));
        Assert.Contains($"'{function}'", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
