"""RDF of generated facts beside rdflib: what each way takes in time and memory, each in a process of its own."""
