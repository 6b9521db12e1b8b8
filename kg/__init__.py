"""Reform KG: Chinese news about government reforms -> an RDF knowledge graph that shows its words."""
